package dev.jetway.module.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Cuts a tree of sized nodes into parts: trees that are not larger than a limit, unless one node
 * is. A node keeps what is small under it: while one cut is not enough, the largest tree under it
 * is cut off; at last the smallest one anywhere below that is enough, of those that are entered
 * least.
 */
public final class TreeParts {
    /** A last cut takes at least this fraction of the limit, so that there are not many. */
    private static final int SMALLEST = 8;

    private final int[] parents;
    private final int[] loops;
    private final long limit;

    /** Size of each node and what was not cut off under it. */
    private final long[] sizes;

    private final List<List<Integer>> children = new ArrayList<>();
    private final boolean[] cut;

    private TreeParts(int[] parents, long[] sizes, int[] loops, long limit) {
        this.parents = parents;
        this.sizes = sizes.clone();
        this.loops = loops;
        this.limit = limit;
        this.cut = new boolean[parents.length];
    }

    /**
     * The node that each node's part begins with.
     *
     * @param parents a lower number than the node's own; that of node 0, the root, is not used
     * @param loops how many loops a node is in: what is in fewer is entered less
     */
    public static int[] of(int[] parents, long[] sizes, int[] loops, long limit) {
        var tree = new TreeParts(parents, sizes, loops, limit);
        tree.cut();
        int[] parts = new int[parents.length];
        for (int node = 1; node < parts.length; node++) {
            parts[node] = tree.cut[node] ? node : parts[parents[node]];
        }
        return parts;
    }

    private void cut() {
        for (int node = 0; node < parents.length; node++) {
            children.add(new ArrayList<>());
        }
        for (int node = parents.length - 1; node >= 0; node--) {
            List<Integer> under = children.get(node);
            for (int child : under) {
                sizes[node] += sizes[child];
            }
            cutUnder(node, under);
            if (node > 0) {
                children.get(parents[node]).add(node);
            }
        }
    }

    private void cutUnder(int node, List<Integer> under) {
        under.sort(Comparator.comparingLong(child -> sizes[child]));
        while (sizes[node] > limit && !under.isEmpty()) {
            long enough = Math.max(sizes[node] - limit, limit / SMALLEST);
            if (sizes[under.getLast()] < enough) {
                int largest = under.removeLast();
                cut[largest] = true;
                sizes[node] -= sizes[largest];
            } else {
                cut(best(under, enough), node);
            }
        }
    }

    /** The best to cut of trees that have at least a size, at or below some nodes. */
    private int best(List<Integer> nodes, long enough) {
        int best = nodes.getLast();
        var work = new ArrayDeque<>(nodes);
        while (!work.isEmpty()) {
            int node = work.pop();
            if (sizes[node] >= enough) {
                best = isBetter(node, best) ? node : best;
                work.addAll(children.get(node));
            }
        }
        return best;
    }

    private boolean isBetter(int one, int other) {
        int more = entered(one) - entered(other);
        return more < 0 || (more == 0 && sizes[one] < sizes[other]);
    }

    /** The loops that a tree is entered in: those around its root, and its parent as well. */
    private int entered(int root) {
        return Math.min(loops[root], loops[parents[root]]);
    }

    private void cut(int root, int under) {
        cut[root] = true;
        children.get(parents[root]).removeIf(child -> child == root);
        int above = root;
        do {
            above = parents[above];
            sizes[above] -= sizes[root];
        } while (above != under);
    }
}
