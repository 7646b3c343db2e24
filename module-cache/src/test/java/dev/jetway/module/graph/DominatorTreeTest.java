package dev.jetway.module.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DominatorTreeTest {
    @Test
    void waysThatMeetAgainAreDominatedByWhereTheyPart() {
        int[][] next = {{1, 2}, {3}, {3}, {4}, {}};

        assertThat(DominatorTree.of(5, node -> next[node])).containsExactly(0, 0, 0, 0, 3);
    }

    @Test
    void jumpBackToALoopChangesNothing() {
        int[][] next = {{1}, {2, 3}, {1}, {}};

        assertThat(DominatorTree.of(4, node -> next[node])).containsExactly(0, 0, 1, 1);
    }

    /** A node dominates another one if that is not reached without it. */
    @ParameterizedTest
    @ValueSource(ints = {2, 9, 40, 120})
    void randomGraphs(int nodes) {
        for (int seed = 0; seed < 50; seed++) {
            int[][] next = random(nodes, new Random(seed));

            int[] nearest = DominatorTree.of(nodes, node -> next[node]);

            for (int node = 1; node < nodes; node++) {
                int last = lastDominator(next, node);
                assertThat(nearest[node]).as("seed %d, node %d", seed, node).isEqualTo(last);
            }
        }
    }

    /** Each node is reached from the one before it or from one further back. */
    private static int[][] random(int nodes, Random random) {
        int[][] next = new int[nodes][0];
        for (int node = 1; node < nodes; node++) {
            for (int edge = random.nextInt(3); edge >= 0; edge--) {
                int from = Math.max(0, node - 1 - random.nextInt(8));
                next[from] =
                        IntStream.concat(IntStream.of(next[from]), IntStream.of(node)).toArray();
            }
        }
        return next;
    }

    private static int lastDominator(int[][] next, int node) {
        return IntStream.iterate(node - 1, left -> left - 1)
                .filter(left -> left == 0 || !reached(next, left).get(node))
                .findFirst()
                .orElseThrow();
    }

    private static BitSet reached(int[][] next, int without) {
        var reached = new BitSet();
        reached.set(0);
        for (int node = 0; node < next.length; node++) {
            if (reached.get(node) && node != without) {
                IntStream.of(next[node]).forEach(reached::set);
            }
        }
        return reached;
    }
}
