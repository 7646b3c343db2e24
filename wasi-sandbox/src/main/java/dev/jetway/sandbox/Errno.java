package dev.jetway.sandbox;

/** The error numbers of WASI preview 1 that our own functions answer. */
enum Errno {
    SUCCESS(0),
    ACCES(2),
    IO(29),
    ISDIR(31),
    NAMETOOLONG(37),
    NOENT(44),
    NOTDIR(54),
    NOTEMPTY(55),
    NOTSUP(58);

    private final int number;

    Errno(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
