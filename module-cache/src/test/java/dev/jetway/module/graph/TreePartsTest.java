package dev.jetway.module.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TreePartsTest {
    private static final int LIMIT = 80;

    @Test
    void treeOfTheLimitIsOnePart_aLargerOneIsNot() {
        int[] parents = {0, 0, 0};

        assertThat(parts(parents, 10, 30, 40)).containsExactly(0, 0, 0);
        assertThat(parts(parents, 10, 30, 41)).containsExactly(0, 1, 0);
    }

    /** As the large switch of an interpreter. */
    @Test
    void nodeKeepsTheSmallestOfManyChildren() {
        int[] parents = {0, 0, 0, 0, 0, 0, 0};

        assertThat(parts(parents, 10, 50, 20, 70, 20, 60, 20)).containsExactly(0, 1, 0, 3, 0, 5, 0);
    }

    @Test
    void lastCutIsTheSmallestThatIsEnough_howeverDeep() {
        // 0 - 1 - 2 - 3, and 4 and 5 beside 3.
        int[] parents = {0, 0, 1, 2, 2, 2};

        assertThat(parts(parents, 20, 20, 20, 12, 23, 5)).containsExactly(0, 0, 0, 0, 4, 0);
    }

    @Test
    void lastCutTakesAnEighthOfTheLimit() {
        int[] parents = {0, 0, 0, 0};

        assertThat(parts(parents, 60, 9, 2, 10)).containsExactly(0, 0, 0, 3);
        assertThat(parts(parents, 60, 9, 2, 11)).containsExactly(0, 0, 0, 3);
    }

    @Test
    void whatFollowsALoopIsCutRatherThanTheLoop() {
        // 1 to 3 are a loop, 4 follows it.
        int[] parents = {0, 0, 1, 2, 2};
        int[] loops = {0, 1, 1, 1, 0};

        int[] parts = TreeParts.of(parents, new long[] {10, 10, 10, 20, 60}, loops, LIMIT);

        assertThat(parts).containsExactly(0, 0, 0, 0, 4);
    }

    @Test
    void loopIsCutAsAWhole() {
        // 1 to 3 are a loop.
        int[] parents = {0, 0, 1, 1};
        int[] loops = {0, 1, 1, 1};

        int[] parts = TreeParts.of(parents, new long[] {20, 10, 30, 40}, loops, LIMIT);

        assertThat(parts).containsExactly(0, 1, 1, 1);
    }

    @Test
    void nodeLargerThanTheLimitIsAPartOfItsOwn() {
        assertThat(parts(new int[] {0, 0, 1, 1}, 10, 100, 20, 30)).containsExactly(0, 1, 2, 3);
    }

    @Test
    void partsOfRandomTreesAreTreesWithinTheLimit() {
        for (int seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            int nodes = 1 + random.nextInt(300);
            int[] parents = new int[nodes];
            for (int node = 1; node < nodes; node++) {
                parents[node] = Math.max(0, node - 1 - random.nextInt(seed % 20 + 1));
            }
            long[] sizes = random.longs(nodes, 1, 40).toArray();
            int[] loops = random.ints(nodes, 0, 3).toArray();

            int[] parts = TreeParts.of(parents, sizes, loops, LIMIT);

            for (int node = 1; node < nodes; node++) {
                assertThat(parts[node]).isIn(node, parts[parents[node]]);
            }
            for (int root : Arrays.stream(parts).distinct().toArray()) {
                long size =
                        IntStream.range(0, nodes)
                                .filter(n -> parts[n] == root)
                                .mapToLong(n -> sizes[n])
                                .sum();
                assertThat(size).as("seed %d", seed).isBetween(1L, (long) LIMIT);
            }
        }
    }

    private static int[] parts(int[] parents, long... sizes) {
        return TreeParts.of(parents, sizes, new int[parents.length], LIMIT);
    }
}
