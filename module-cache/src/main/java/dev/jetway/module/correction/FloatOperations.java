package dev.jetway.module.correction;

/**
 * Floating-point operations whose result for a NaN is a quiet NaN (core specification, "NaN
 * Propagation"). Java's own return a signalling NaN unchanged until the JIT compiles them. Called
 * by compiled guests.
 */
public final class FloatOperations {
    private static final int QUIET_F32 = 0x0040_0000;
    private static final long QUIET_F64 = 0x0008_0000_0000_0000L;

    /**
     * Constants hidden from the JIT, which replaces {@code x * 1}, {@code x / 1} and {@code x - 0}
     * by {@code x}, signalling or not. Never written to.
     */
    @SuppressWarnings("NonFinalStaticField")
    public static float f32One = 1;

    /** See {@link #f32One}. */
    @SuppressWarnings("NonFinalStaticField")
    public static float f32Zero = 0;

    /** See {@link #f32One}. */
    @SuppressWarnings("NonFinalStaticField")
    public static double f64One = 1;

    /** See {@link #f32One}. */
    @SuppressWarnings("NonFinalStaticField")
    public static double f64Zero = 0;

    private FloatOperations() {}

    private static float quiet(float nan) {
        return Float.intBitsToFloat(Float.floatToRawIntBits(nan) | QUIET_F32);
    }

    private static double quiet(double nan) {
        return Double.longBitsToDouble(Double.doubleToRawLongBits(nan) | QUIET_F64);
    }

    /** f32.min. */
    public static float min(float a, float b) {
        if (Float.isNaN(a)) {
            return quiet(a);
        }
        return Float.isNaN(b) ? quiet(b) : Math.min(a, b);
    }

    /** f32.max. */
    public static float max(float a, float b) {
        if (Float.isNaN(a)) {
            return quiet(a);
        }
        return Float.isNaN(b) ? quiet(b) : Math.max(a, b);
    }

    /** f32.ceil. */
    public static float ceil(float x) {
        return Float.isNaN(x) ? quiet(x) : (float) Math.ceil(x);
    }

    /** f32.floor. */
    public static float floor(float x) {
        return Float.isNaN(x) ? quiet(x) : (float) Math.floor(x);
    }

    /** f32.trunc. */
    public static float trunc(float x) {
        return x < 0 ? ceil(x) : floor(x);
    }

    /** f32.nearest. */
    public static float nearest(float x) {
        return Float.isNaN(x) ? quiet(x) : (float) Math.rint(x);
    }

    /** f32.sqrt. */
    public static float sqrt(float x) {
        return Float.isNaN(x) ? quiet(x) : (float) Math.sqrt(x);
    }

    /** f32.copysign, which copies the sign bit of any value. */
    public static float copysign(float a, float b) {
        int sign = Float.floatToRawIntBits(b) & Integer.MIN_VALUE;
        return Float.intBitsToFloat((Float.floatToRawIntBits(a) & Integer.MAX_VALUE) | sign);
    }

    /** f64.min. */
    public static double min(double a, double b) {
        if (Double.isNaN(a)) {
            return quiet(a);
        }
        return Double.isNaN(b) ? quiet(b) : Math.min(a, b);
    }

    /** f64.max. */
    public static double max(double a, double b) {
        if (Double.isNaN(a)) {
            return quiet(a);
        }
        return Double.isNaN(b) ? quiet(b) : Math.max(a, b);
    }

    /** f64.ceil. */
    public static double ceil(double x) {
        return Double.isNaN(x) ? quiet(x) : Math.ceil(x);
    }

    /** f64.floor. */
    public static double floor(double x) {
        return Double.isNaN(x) ? quiet(x) : Math.floor(x);
    }

    /** f64.trunc. */
    public static double trunc(double x) {
        return x < 0 ? ceil(x) : floor(x);
    }

    /** f64.nearest. */
    public static double nearest(double x) {
        return Double.isNaN(x) ? quiet(x) : Math.rint(x);
    }

    /** f64.sqrt. */
    public static double sqrt(double x) {
        return Double.isNaN(x) ? quiet(x) : Math.sqrt(x);
    }

    /** f64.copysign, which copies the sign bit of any value. */
    public static double copysign(double a, double b) {
        long sign = Double.doubleToRawLongBits(b) & Long.MIN_VALUE;
        return Double.longBitsToDouble((Double.doubleToRawLongBits(a) & Long.MAX_VALUE) | sign);
    }
}
