package dev.jetway.module.codegen;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Rewrites the engine's methods for calls through tables, each a switch over all functions of a
 * type. With more than a few functions it is replaced by one over the entries of a table that never
 * changes; {@link TableCalls} finds those that it has not, and all in other tables.
 */
final class TableCallCode {
    /** Maximum number of functions in a switch: the JIT may inline the one that is called most. */
    static final int FEW = 32;

    /**
     * Entries of one switch of the second level, as a power of two. The first compiler compares
     * with one case after the other.
     */
    private static final int BLOCK_SHIFT = 6;

    private static final int BLOCK = 1 << BLOCK_SHIFT;

    /**
     * Maximum number of functions in a switch over the entries of a table that never changes. The
     * JIT refuses a method that needs more than 80,000 nodes, some 5,500 calls.
     */
    static final int MOST_CASES = 4_000;

    /** Maximum number of entries from the first to the last one of such a switch. */
    static final int MOST_ENTRIES = 1 << 18;

    /** Maximum size of such a switch in bytes; a method of the JVM has at most 65,535. */
    static final int SWITCH_BYTES = 60_000;

    private static final String PREFIX = "call_indirect_";

    /** Names of methods that find the function by the entry, for those that no switch has. */
    private static final String OTHERS = "other_entries_";

    private static final String OBJECT = "java/lang/Object";

    /** The field of a caller that has its function's number. */
    private static final String FUNCTION = "function";

    private static final String CALLS = Type.getInternalName(TableCalls.class);
    private static final Handle CONSTANT =
            new Handle(
                    Opcodes.H_INVOKESTATIC,
                    CALLS,
                    "of",
                    "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/Class;"
                            + "ILjava/lang/invoke/MethodType;IILjava/lang/Class;)L"
                            + CALLS
                            + ";",
                    false);

    private static final Handle ENTRIES =
            new Handle(
                    Opcodes.H_INVOKESTATIC,
                    CALLS,
                    "entries",
                    "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/Class;L"
                            + CALLS
                            + ";I)Ljava/lang/Object;",
                    false);

    private final int functionsPerClass;
    private final int functions;
    private final int fixedTable;
    private final Map<Integer, SortedMap<Integer, Integer>> fixedEntries;
    private final Map<String, String> owners = new HashMap<>();
    private final Map<String, byte[]> callers = new HashMap<>();

    /**
     * Code for a module.
     *
     * @param functions in it, imported ones too
     * @param fixedTable entries of table 0 if that never changes, otherwise 0
     * @param fixedEntries functions of such a table by their type and their entry, as far as known
     */
    TableCallCode(
            int functionsPerClass,
            int functions,
            int fixedTable,
            Map<Integer, SortedMap<Integer, Integer>> fixedEntries) {
        this.functionsPerClass = functionsPerClass;
        this.functions = functions;
        this.fixedTable = fixedTable;
        this.fixedEntries = fixedEntries;
    }

    /** The class of each method, by its name. */
    Map<String, String> owners() {
        return owners;
    }

    /** Classes by name: those of {@link TableCalls}, one for each type, and those with a switch. */
    Map<String, byte[]> callers() {
        return callers;
    }

    /** Rewrites a class of the engine's if it has such methods. */
    byte[] rewrite(byte[] original) {
        var node = new ClassNode();
        new ClassReader(original).accept(node, ClassReader.SKIP_FRAMES);
        boolean changed = false;
        var added = new ArrayList<MethodNode>();
        for (int i = 0; i < node.methods.size(); i++) {
            MethodNode method = node.methods.get(i);
            if (method.name.startsWith(PREFIX)) {
                owners.put(method.name, node.name);
                if (isSmall(method)) {
                    unchecked(method);
                } else {
                    MethodNode code = code(node.name, method);
                    node.methods.set(i, code);
                    choice(node.name, code).ifPresent(added::add);
                }
                changed = true;
            }
        }
        node.methods.addAll(added);
        return changed ? FunctionClasses.write(node) : original;
    }

    private static boolean isSmall(MethodNode method) {
        for (AbstractInsnNode instruction : method.instructions) {
            if (instruction instanceof LookupSwitchInsnNode choice) {
                return choice.keys.size() <= FEW;
            }
        }
        // The engine's form for a great many functions.
        return false;
    }

    /** The check for an interrupt is the caller's, at its beginning ({@link InterruptChecks}). */
    private static void unchecked(MethodNode method) {
        for (AbstractInsnNode node : method.instructions.toArray()) {
            if (node instanceof MethodInsnNode call && call.name.equals(InterruptChecks.CHECK)) {
                method.instructions.remove(call);
            }
        }
    }

    /**
     * A method that replaces the one for a type if the functions of the table can be chosen by a
     * switch; the other one is renamed, and called for entries that the switch has not.
     */
    private Optional<MethodNode> choice(String owner, MethodNode method) {
        String type = method.name.substring(PREFIX.length());
        SortedMap<Integer, Integer> entries = fixedEntries.get(Integer.valueOf(type));
        if (entries == null
                || entries.size() > MOST_CASES
                || entries.lastKey() - entries.firstKey() > MOST_ENTRIES) {
            return Optional.empty();
        }
        var chosen = new MethodNode(method.access, TableCalls.METHOD, method.desc, null, null);
        switchOver(chosen, entries, owner, OTHERS + type);
        if (CodeSize.of(chosen) > SWITCH_BYTES) {
            return Optional.empty();
        }
        method.name = OTHERS + type;
        String holder = owner.substring(0, owner.lastIndexOf('/') + 1) + "Table_" + type;
        callers.put(
                holder.replace('/', '.'),
                FunctionClasses.write(FunctionClasses.holder(holder, List.of(chosen))));
        var call = new MethodNode(method.access, PREFIX + type, method.desc, null, null);
        call.visitCode();
        Values.passOn(call, 0, holder, chosen.name, chosen.desc);
        call.visitMaxs(0, 0);
        call.visitEnd();
        return Optional.of(call);
    }

    /** Parameters are those of the function, an entry, a table, the memory and the instance. */
    private void switchOver(
            MethodNode code, SortedMap<Integer, Integer> entries, String owner, String others) {
        Type[] parameters = Type.getArgumentTypes(code.desc);
        int slots = (Type.getArgumentsAndReturnSizes(code.desc) >> 2) - 1;
        var other = new Label();
        int first = entries.firstKey() >> BLOCK_SHIFT;
        var blocks = new Label[(entries.lastKey() >> BLOCK_SHIFT) - first + 1];
        Arrays.fill(blocks, other);
        entries.keySet().forEach(entry -> blocks[(entry >> BLOCK_SHIFT) - first] = new Label());
        code.visitCode();
        code.visitVarInsn(Opcodes.ILOAD, slots - 3);
        code.visitJumpInsn(Opcodes.IFNE, other);
        code.visitVarInsn(Opcodes.ILOAD, slots - 4);
        code.visitIntInsn(Opcodes.BIPUSH, BLOCK_SHIFT);
        code.visitInsn(Opcodes.ISHR);
        code.visitTableSwitchInsn(first, first + blocks.length - 1, other, blocks);
        String called = calledBy(code.desc);
        SortedMap<Integer, Integer> rest = entries;
        while (!rest.isEmpty()) {
            int block = rest.firstKey() >> BLOCK_SHIFT;
            int from = block << BLOCK_SHIFT;
            SortedMap<Integer, Integer> here = rest.headMap(from + BLOCK);
            rest = rest.tailMap(from + BLOCK);
            var cases = new Label[BLOCK];
            Arrays.fill(cases, other);
            here.keySet().forEach(entry -> cases[entry - from] = new Label());
            code.visitLabel(blocks[block - first]);
            code.visitVarInsn(Opcodes.ILOAD, slots - 4);
            code.visitTableSwitchInsn(from, from + BLOCK - 1, other, cases);
            here.forEach((entry, function) -> {
                code.visitLabel(cases[entry - from]);
                loadFor(code, parameters, slots);
                String group = EngineFunctions.GROUP + function / functionsPerClass;
                code.visitMethodInsn(
                        Opcodes.INVOKESTATIC,
                        group.replace('.', '/'),
                        EngineFunctions.FUNCTION + function,
                        called,
                        false);
                code.visitInsn(Type.getReturnType(called).getOpcode(Opcodes.IRETURN));
            });
        }
        code.visitLabel(other);
        Values.passOn(code, 0, owner, others, code.desc);
        code.visitMaxs(0, 0);
        code.visitEnd();
    }

    /** The type of a function that a method calls which has an entry and a table besides. */
    private static String calledBy(String descriptor) {
        Type[] parameters = Type.getArgumentTypes(descriptor);
        int entry = parameters.length - 4;
        var callee = new Type[parameters.length - 2];
        System.arraycopy(parameters, 0, callee, 0, entry);
        System.arraycopy(parameters, entry + 2, callee, entry, 2);
        return Type.getMethodDescriptor(Type.getReturnType(descriptor), callee);
    }

    /** Pushes the parameters of such a function. */
    private static void loadFor(MethodNode code, Type[] parameters, int slots) {
        int slot = 0;
        for (int i = 0; i < parameters.length - 4; i++) {
            Values.load(code, parameters[i], slot);
            slot += parameters[i].getSize();
        }
        code.visitVarInsn(Opcodes.ALOAD, slots - 2);
        code.visitVarInsn(Opcodes.ALOAD, slots - 1);
    }

    /** Parameters are those of the function, an entry, a table, the memory and the instance. */
    private MethodNode code(String owner, MethodNode method) {
        Type[] parameters = Type.getArgumentTypes(method.desc);
        String called = calledBy(method.desc);
        int slots = (Type.getArgumentsAndReturnSizes(method.desc) >> 2) - 1;
        String caller =
                owner.substring(0, owner.lastIndexOf('/') + 1)
                        + "Caller_"
                        + method.name.substring(PREFIX.length());
        callers.put(caller.replace('/', '.'), caller(caller, called));

        var calls =
                new ConstantDynamic(
                        "calls",
                        'L' + CALLS + ';',
                        CONSTANT,
                        Integer.valueOf(method.name.substring(PREFIX.length())),
                        Type.getMethodType(called),
                        functionsPerClass,
                        functions,
                        Type.getObjectType(caller));
        var code = new MethodNode(method.access, method.name, method.desc, null, null);
        code.visitCode();
        var found = new Label();
        if (fixedTable > 0) {
            look(code, calls, caller, slots, found);
        }
        code.visitLdcInsn(calls);
        code.visitVarInsn(Opcodes.ILOAD, slots - 4);
        code.visitVarInsn(Opcodes.ILOAD, slots - 3);
        code.visitVarInsn(Opcodes.ALOAD, slots - 1);
        code.visitMethodInsn(
                Opcodes.INVOKEVIRTUAL,
                CALLS,
                "target",
                "(IILcom/dylibso/chicory/runtime/Instance;)Ljava/lang/Object;",
                false);
        code.visitTypeInsn(Opcodes.CHECKCAST, caller);
        code.visitVarInsn(Opcodes.ASTORE, slots);
        code.visitLabel(found);
        code.visitVarInsn(Opcodes.ALOAD, slots);
        loadFor(code, parameters, slots);
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, caller, TableCalls.METHOD, called, false);
        code.visitInsn(Type.getReturnType(called).getOpcode(Opcodes.IRETURN));
        code.visitMaxs(0, 0);
        code.visitEnd();
        return code;
    }

    /**
     * Goes on at a label, with an object of the caller's class in the slot after the parameters, if
     * the array of the table's entries has one. The array has the class of its objects, so that
     * nothing is cast.
     */
    private void look(
            MethodNode code, ConstantDynamic calls, String caller, int slots, Label found) {
        String array = "[L" + caller + ';';
        var absent = new Label();
        code.visitVarInsn(Opcodes.ILOAD, slots - 3);
        code.visitJumpInsn(Opcodes.IFNE, absent);
        code.visitLdcInsn(new ConstantDynamic("entries", array, ENTRIES, calls, fixedTable));
        code.visitVarInsn(Opcodes.ASTORE, slots);
        code.visitVarInsn(Opcodes.ILOAD, slots - 4);
        code.visitJumpInsn(Opcodes.IFLT, absent);
        code.visitVarInsn(Opcodes.ILOAD, slots - 4);
        code.visitVarInsn(Opcodes.ALOAD, slots);
        code.visitInsn(Opcodes.ARRAYLENGTH);
        code.visitJumpInsn(Opcodes.IF_ICMPGE, absent);
        code.visitVarInsn(Opcodes.ALOAD, slots);
        code.visitVarInsn(Opcodes.ILOAD, slots - 4);
        code.visitInsn(Opcodes.AALOAD);
        code.visitVarInsn(Opcodes.ASTORE, slots);
        code.visitVarInsn(Opcodes.ALOAD, slots);
        code.visitJumpInsn(Opcodes.IFNONNULL, found);
        code.visitLabel(absent);
    }

    /** An abstract class with one method, which {@link TableCalls} extends for each function. */
    private static byte[] caller(String name, String called) {
        var writer = new ClassWriter(0);
        writer.visit(
                Opcodes.V11,
                Opcodes.ACC_PUBLIC | Opcodes.ACC_ABSTRACT | Opcodes.ACC_SUPER,
                name,
                null,
                OBJECT,
                null);
        writer.visitField(Opcodes.ACC_PROTECTED | Opcodes.ACC_FINAL, FUNCTION, "I", null, null)
                .visitEnd();
        MethodVisitor code = writer.visitMethod(Opcodes.ACC_PUBLIC, "<init>", "(I)V", null, null);
        code.visitCode();
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitMethodInsn(Opcodes.INVOKESPECIAL, OBJECT, "<init>", "()V", false);
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitVarInsn(Opcodes.ILOAD, 1);
        code.visitFieldInsn(Opcodes.PUTFIELD, name, FUNCTION, "I");
        code.visitInsn(Opcodes.RETURN);
        code.visitMaxs(2, 2);
        code.visitEnd();
        writer.visitMethod(
                        Opcodes.ACC_PUBLIC | Opcodes.ACC_ABSTRACT,
                        TableCalls.METHOD,
                        called,
                        null,
                        null)
                .visitEnd();
        writer.visitEnd();
        return writer.toByteArray();
    }

    /**
     * A class that calls one of some functions, the one whose number its constructor gets.
     *
     * @param functions numbers in order, of one of the engine's classes
     * @param parent the abstract class of their type
     * @param called the descriptor of their methods
     */
    static byte[] callerOf(
            List<Integer> functions, String parent, String called, int functionsPerClass) {
        var node = new ClassNode();
        node.visit(
                Opcodes.V11,
                Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL | Opcodes.ACC_SUPER,
                parent + "_of",
                null,
                parent,
                null);
        MethodVisitor code = node.visitMethod(Opcodes.ACC_PUBLIC, "<init>", "(I)V", null, null);
        code.visitCode();
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitVarInsn(Opcodes.ILOAD, 1);
        code.visitMethodInsn(Opcodes.INVOKESPECIAL, parent, "<init>", "(I)V", false);
        code.visitInsn(Opcodes.RETURN);
        code.visitMaxs(0, 0);
        code.visitEnd();

        code = node.visitMethod(Opcodes.ACC_PUBLIC, TableCalls.METHOD, called, null, null);
        code.visitCode();
        Label[] calls = functions.stream().map(f -> new Label()).toArray(Label[]::new);
        if (calls.length > 1) {
            code.visitVarInsn(Opcodes.ALOAD, 0);
            code.visitFieldInsn(Opcodes.GETFIELD, parent, FUNCTION, "I");
            int[] keys = functions.stream().mapToInt(f -> f).toArray();
            code.visitLookupSwitchInsn(calls[0], keys, calls);
        }
        for (int i = 0; i < calls.length; i++) {
            code.visitLabel(calls[i]);
            int function = functions.get(i);
            String owner = EngineFunctions.GROUP + function / functionsPerClass;
            Values.passOn(
                    code, 1, owner.replace('.', '/'), EngineFunctions.FUNCTION + function, called);
        }
        code.visitMaxs(0, 0);
        code.visitEnd();
        return FunctionClasses.write(node);
    }
}
