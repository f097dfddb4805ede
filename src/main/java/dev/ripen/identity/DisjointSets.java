package dev.ripen.identity;

import java.util.Arrays;

/** Numbers from 0 in sets that can be joined. Every set is known by one of its numbers. */
final class DisjointSets {
  private final int[] parents;

  DisjointSets(int size) {
    parents = new int[size];
    Arrays.setAll(parents, number -> number);
  }

  int setOf(int number) {
    int root = number;
    while (parents[root] != root) {
      // Halving: every second step of the way becomes shorter for the next one who asks.
      parents[root] = parents[parents[root]];
      root = parents[root];
    }
    return root;
  }

  void join(int left, int right) {
    int a = setOf(left);
    int b = setOf(right);
    parents[Math.max(a, b)] = Math.min(a, b);
  }
}
