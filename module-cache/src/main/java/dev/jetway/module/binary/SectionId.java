package dev.jetway.module.binary;

/** Sections in the order that the format demands; custom ones may stand anywhere. */
enum SectionId {
    TYPE(1),
    IMPORT(2),
    FUNCTION(3),
    TABLE(4),
    MEMORY(5),
    TAG(13),
    GLOBAL(6),
    EXPORT(7),
    START(8),
    ELEMENT(9),
    DATA_COUNT(12),
    CODE(10),
    DATA(11);

    static final int CUSTOM = 0;

    private final int id;

    SectionId(int id) {
        this.id = id;
    }

    int id() {
        return id;
    }

    static SectionId of(int id, BinaryReader in) throws BinaryException {
        for (SectionId section : values()) {
            if (section.id == id) {
                return section;
            }
        }
        throw in.malformed("malformed section id " + id);
    }
}
