package dev.jetway.module.graph;

import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * Finds dominators: a node dominates another one if all ways from node 0 to that lead through it.
 * The nodes of structured code are in an order in which all edges but those back to the beginning
 * of a loop lead to a higher number; a way back adds no way to a node that did not lead there
 * before, so that those are left out.
 */
public final class DominatorTree {
    private final int[] depth;
    private final int[] parent;

    /** An ancestor further up, for few steps on the way to a common one (Myers 1983). */
    private final int[] far;

    private DominatorTree(int nodes) {
        depth = new int[nodes];
        parent = new int[nodes];
        far = new int[nodes];
    }

    /**
     * The nearest dominator of each node but 0, whose own is 0; so it is for nodes that no edge
     * from a lower one leads to. Takes time in proportion to the edges and the logarithm of nodes.
     *
     * @param next the nodes that edges from a node lead to
     */
    public static int[] of(int nodes, IntFunction<int[]> next) {
        var tree = new DominatorTree(nodes);
        int[] nearest = new int[nodes];
        Arrays.fill(nearest, -1);
        for (int node = 0; node < nodes; node++) {
            if (node > 0) {
                tree.add(node, Math.max(nearest[node], 0));
            }
            for (int to : next.apply(node)) {
                if (to > node) {
                    nearest[to] = nearest[to] < 0 ? node : tree.common(nearest[to], node);
                }
            }
        }
        return tree.parent;
    }

    private void add(int node, int under) {
        parent[node] = under;
        depth[node] = depth[under] + 1;
        int above = far[under];
        boolean equal = depth[under] - depth[above] == depth[above] - depth[far[above]];
        far[node] = equal ? far[above] : under;
    }

    /** The deepest node that is above both, or one of them. */
    private int common(int one, int other) {
        int a = depth[one] >= depth[other] ? one : other;
        int b = a == one ? other : one;
        while (depth[a] > depth[b]) {
            a = depth[far[a]] >= depth[b] ? far[a] : parent[a];
        }
        while (a != b) {
            boolean differ = far[a] != far[b];
            a = differ ? far[a] : parent[a];
            b = differ ? far[b] : parent[b];
        }
        return a;
    }
}
