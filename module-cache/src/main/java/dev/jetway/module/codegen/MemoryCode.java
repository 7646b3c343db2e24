package dev.jetway.module.codegen;

import dev.jetway.module.memory.LinearMemory;
import dev.jetway.module.memory.MemoryAccess;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Rewrites a method to keep the arrays of its {@link LinearMemory} in locals: it reads them at its
 * beginning, after operations that may replace them, and in exception handlers.
 */
public final class MemoryCode {
    /** Maximum size of the code at the beginning of a method, globals included, in bytes. */
    static final int AT_START = 84;

    /** The name of {@link LinearMemory}, with slashes. */
    static final String LINEAR = Type.getInternalName(LinearMemory.class);

    private static final String ACCESS = Type.getInternalName(MemoryAccess.class);

    /** The engine's type of a memory, as descriptors have it. */
    static final String MEMORY = "Lcom/dylibso/chicory/runtime/Memory;";

    private static final String GROW = "memoryGrow";

    /** Names of methods that go on with a function begin with this. */
    public static final String RESUME = "resume_";

    /** The engine's methods of loads and stores, and ours. */
    private static final Map<String, String> NAMES =
            Stream.of("read", "write")
                    .flatMap(kind ->
                            Stream.of("Byte", "Short", "Int", "Long", "Float", "Double")
                                    .map(type -> kind + type))
                    .collect(Collectors.toMap(MemoryCode::engineName, Function.identity()));

    private final MethodNode method;
    private final int memory;
    private final int linear;
    private final int bytes;
    private final int limit;
    private final int cards;
    private final LoopChecks loops;
    private final boolean exact;
    private final long least;
    private final int room;
    private final Instructions code;
    private final Addresses addresses;
    private boolean usesLinear;
    private boolean usesBytes;
    private boolean usesCards;
    private final Set<AbstractInsnNode> replacing = new HashSet<>();

    /** Stores whose cards are marked before them. */
    private final Set<AbstractInsnNode> marked = new HashSet<>();

    private MemoryCode(MethodNode method, boolean exact, long least, int room) {
        this.method = method;
        this.exact = exact;
        this.least = least;
        this.room = room;
        this.code = new Instructions(method);
        this.addresses = Addresses.of(code);
        int parameters = (Type.getArgumentsAndReturnSizes(method.desc) >> 2) - 1;
        this.memory = parameters - 2;
        this.linear = freeSlot(method);
        this.bytes = linear + 1;
        this.limit = linear + 2;
        this.cards = linear + 3;
        this.loops = new LoopChecks(method, linear + 4);
    }

    private static String engineName(String name) {
        return "memory" + Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    /** A slot after all that a method uses. */
    static int freeSlot(MethodNode method) {
        int free = (Type.getArgumentsAndReturnSizes(method.desc) >> 2) - 1;
        for (AbstractInsnNode node : method.instructions) {
            if (node instanceof VarInsnNode variable) {
                free = Math.max(free, variable.var + 2);
            } else if (node instanceof IincInsnNode variable) {
                free = Math.max(free, variable.var + 1);
            }
        }
        return free;
    }

    /**
     * Rewrites a method whose last two parameters are the memory and the instance.
     *
     * @param exact whether the array is always exactly as long as the memory
     * @param least bytes that the memory has from the beginning
     * @param room maximum bytes of code to add beyond {@link #growth} and {@link #AT_START}
     */
    static void rewrite(MethodNode method, boolean exact, long least, int room) {
        new MemoryCode(method, exact, least, room).rewrite();
    }

    /** Approximate bytes of code that {@link #rewrite} adds for an instruction. */
    static int growth(AbstractInsnNode node) {
        if (!(node instanceof MethodInsnNode call)) {
            return 0;
        }
        if (mayReplace(call)) {
            return 25;
        }
        if (call.name.startsWith("memoryWrite")) {
            return 4;
        }
        if (call.name.equals(InterruptChecks.CHECK)) {
            return LoopChecks.GROWTH;
        }
        return call.name.startsWith("memoryRead") ? 2 : 0;
    }

    /** Whether a call may have replaced the arrays. */
    static boolean mayReplace(MethodInsnNode call) {
        return call.name.startsWith(EngineFunctions.FUNCTION)
                || call.name.startsWith(RESUME)
                || call.name.startsWith("call_indirect_")
                || call.name.startsWith("callIndirect")
                || call.name.startsWith("callHost")
                || call.name.equals(GROW);
    }

    private void rewrite() {
        Set<AbstractInsnNode> before =
                new CountedLoops(method, code, addresses, memory, linear, room).mark();
        usesLinear = !before.isEmpty();
        marked.addAll(before);
        marked.addAll(CardMarks.superfluous(method, code, addresses, before));
        for (AbstractInsnNode node : method.instructions.toArray()) {
            if (node instanceof MethodInsnNode call) {
                rewrite(call);
            }
        }
        if (usesBytes) {
            replacing.forEach(call -> method.instructions.insert(call, read()));
            method.tryCatchBlocks.stream()
                    .map(block -> block.handler)
                    .distinct()
                    .forEach(handler -> method.instructions.insert(handler, read()));
        }
        method.instructions.insert(start());
    }

    private void rewrite(MethodInsnNode call) {
        if (exact && call.name.equals(GROW)) {
            growExactly(call);
            return;
        }
        if (mayReplace(call)) {
            replacing.add(call);
            return;
        }
        if (!call.owner.endsWith("Shaded")) {
            return;
        }
        if (call.name.equals(InterruptChecks.CHECK)) {
            check(call);
            return;
        }
        String name = NAMES.get(call.name);
        // The locals belong to the first memory only.
        if (name != null && call.getPrevious() instanceof VarInsnNode load && load.var == memory) {
            access(call, load, name);
        }
    }

    private void check(MethodInsnNode call) {
        usesLinear = true;
        var check = new InsnList();
        check.add(new VarInsnNode(Opcodes.ALOAD, linear));
        check.add(ours("check", "(L" + LINEAR + ";)V"));
        if (!loops.replace(call, check)) {
            method.instructions.insert(call, check);
            method.instructions.remove(call);
        }
    }

    private void access(MethodInsnNode call, VarInsnNode load, String name) {
        usesLinear = true;
        usesBytes = true;
        method.instructions.set(load, new VarInsnNode(Opcodes.ALOAD, bytes));
        method.instructions.insertBefore(
                call,
                exact || isInside(call)
                        ? new InsnNode(Opcodes.ICONST_M1) // MemoryAccess.ARRAY_IS_EXACT
                        : new VarInsnNode(Opcodes.ILOAD, limit));
        String arrays = "[BI";
        if (name.startsWith("write") && !marked.contains(call)) {
            usesCards = true;
            arrays = "[BI[S";
            method.instructions.insertBefore(call, new VarInsnNode(Opcodes.ALOAD, cards));
        }
        method.instructions.set(call, ours(name, call.desc.replace(MEMORY, arrays)));
    }

    /** Whether an access is within what the memory has from the beginning. */
    private boolean isInside(MethodInsnNode access) {
        Addresses.Address address = addresses.of(access);
        return address != null && address.most() >= 0 && address.most() + Long.BYTES <= least;
    }

    private void growExactly(MethodInsnNode call) {
        var exactly =
                new MethodInsnNode(Opcodes.INVOKESTATIC, LINEAR, "growExactly", call.desc, false);
        method.instructions.set(call, exactly);
        replacing.add(exactly);
    }

    private static MethodInsnNode ours(String name, String descriptor) {
        return new MethodInsnNode(Opcodes.INVOKESTATIC, ACCESS, name, descriptor, false);
    }

    private InsnList start() {
        var code = new InsnList();
        if (usesLinear) {
            code.add(new VarInsnNode(Opcodes.ALOAD, memory));
            code.add(new TypeInsnNode(Opcodes.CHECKCAST, LINEAR));
            code.add(new VarInsnNode(Opcodes.ASTORE, linear));
        }
        if (usesBytes) {
            code.add(read());
        }
        code.add(loops.start());
        return code;
    }

    private InsnList read() {
        var code = new InsnList();
        code.add(new VarInsnNode(Opcodes.ALOAD, linear));
        code.add(new FieldInsnNode(Opcodes.GETFIELD, LINEAR, "bytes", "[B"));
        code.add(new VarInsnNode(Opcodes.ASTORE, bytes));
        if (!exact) {
            code.add(new VarInsnNode(Opcodes.ALOAD, linear));
            code.add(new FieldInsnNode(Opcodes.GETFIELD, LINEAR, "limit", "I"));
            // The JIT knows then that the limit is not negative, and leaves a check away.
            code.add(new LdcInsnNode(Integer.MAX_VALUE));
            code.add(new InsnNode(Opcodes.IAND));
            code.add(new VarInsnNode(Opcodes.ISTORE, limit));
        }
        if (usesCards) {
            code.add(new VarInsnNode(Opcodes.ALOAD, linear));
            code.add(new FieldInsnNode(Opcodes.GETFIELD, LINEAR, "cards", "[S"));
            code.add(new VarInsnNode(Opcodes.ASTORE, cards));
        }
        return code;
    }
}
