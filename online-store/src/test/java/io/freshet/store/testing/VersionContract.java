package io.freshet.store.testing;

import static io.freshet.store.testing.Rows.contents;
import static io.freshet.store.testing.Rows.entity;
import static io.freshet.store.testing.Rows.upsert;
import static io.freshet.store.testing.Rows.version;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.store.EntityRef;
import io.freshet.store.Upsert;
import io.freshet.store.UpsertResult;
import io.freshet.store.Version;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which of two rows an online store keeps. */
abstract class VersionContract extends StoreContract {
  /** In ascending order; the bytes of many look smaller than those before to a signed eye. */
  static final List<Version> ASCENDING =
      List.of(
          version(0, 0, 0),
          version(0, 0, 1),
          version(0, 0, 0x7fL),
          version(0, 0, 0x80L),
          version(0, 0, 0x7fff_ffffL),
          version(0, 0, 0x8000_0000L),
          version(0, 0, 0xffff_ffffL),
          version(0, 1, 0),
          version(0, 0x7f, 0),
          version(0, 0x80, 0),
          version(0, 0xffff_ffffL, 9),
          version(0, 0x1_0000_0000L, 3),
          version(0, 1_764_000_000_000L, 0),
          version(0, (1L << 48) - 1, 0),
          version(0, 1L << 48, 0),
          version(0, (1L << 53) + 1, 0),
          version(0, (1L << 53) + 2, 0),
          version(0, Long.MAX_VALUE, 0xffff_ffffL),
          version(1, 0, 0),
          version(0x80, 5, 5),
          version(0x7fff_ffffL, 0, 0),
          version(0x8000_0000L, 0, 0),
          version(0xffff_ffffL, 0, 0),
          version(0xffff_ffffL, 0, 1));

  /** Each of {@link #ASCENDING} with its successor. */
  static final List<List<Version>> NEIGHBOURS =
      Stream.iterate(0, i -> i < ASCENDING.size() - 1, i -> i + 1)
          .map(i -> ASCENDING.subList(i, i + 2))
          .toList();

  @ParameterizedTest
  @FieldSource("NEIGHBOURS")
  void letsTheNewerVersionWinInWhicheverOrderTheyCome(List<Version> neighbours) {
    Upsert older = upsert(ATLANTA, VIEW, neighbours.get(0), "older");
    Upsert newer = upsert(ATLANTA, VIEW, neighbours.get(1), "newer");

    assertThat(write(older)).isEqualTo(new UpsertResult(1, 0));
    assertThat(write(newer)).isEqualTo(new UpsertResult(1, 0));
    assertThat(write(older)).isEqualTo(new UpsertResult(0, 1));

    assertThat(read(ATLANTA, VIEW)).isEqualTo("newer");
  }

  @ParameterizedTest
  @FieldSource("ASCENDING")
  void keepsTheRowWhenOneOfTheSameVersionComes(Version version) {
    write(upsert(ATLANTA, VIEW, version, "first"));

    assertThat(write(upsert(ATLANTA, VIEW, version, "second"))).isEqualTo(new UpsertResult(0, 1));
    assertThat(read(ATLANTA, VIEW)).isEqualTo("first");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void endsInTheSameRowsHoweverTheyAreReplayed(long seed) {
    Random random = new Random(seed);
    List<Upsert> history = history(random, 400);
    Map<EntityRef, Map<Integer, Version>> newest = new HashMap<>();
    history.forEach(
        row ->
            newest
                .computeIfAbsent(row.entity(), entity -> new HashMap<>())
                .merge(row.view(), row.version(), VersionContract::later));

    for (int replay = 0; replay < 4; replay++) {
      List<Upsert> shuffled = new ArrayList<>(history);
      Collections.shuffle(shuffled, random);
      writeInBatches(shuffled.subList(0, random.nextInt(shuffled.size())), random);
    }
    writeInBatches(history, random);
    Collections.shuffle(history, random);
    writeInBatches(history.subList(0, history.size() / 2), random);

    newest.forEach(
        (entity, views) ->
            views.forEach(
                (view, version) ->
                    assertThat(read(entity, view))
                        .as("seed %d, %s, view %d", seed, new String(entity.key(), UTF_8), view)
                        .isEqualTo(version.toString())));
  }

  @Test
  void decidesOnEachViewOfAnEntityByItself() {
    write(
        upsert(ATLANTA, 1, version(1, 50, 0), "1 old"), upsert(ATLANTA, 2, version(1, 50, 0), "2"));

    UpsertResult result =
        write(
            upsert(ATLANTA, 1, version(1, 60, 0), "1 new"),
            upsert(ATLANTA, 2, version(1, 40, 0), "2 late"),
            upsert(ATLANTA, 3, version(1, 10, 0), "3"));

    assertThat(result).isEqualTo(new UpsertResult(2, 1));
    assertThat(contents(store().read(List.of(ATLANTA), new int[] {1, 2, 3})[0]))
        .containsExactly("1 new", "2", "3");
  }

  @Test
  void takesALargeBatchOfWhichTheGreatestVersionOfARowWins() {
    int keys = 800;
    List<Upsert> rows = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      rows.add(upsert(entity("key " + i % keys), VIEW, version(1, i, 0), "row " + i));
    }
    long seed = 20;
    Collections.shuffle(rows, new Random(seed));

    assertThat(write(rows)).isEqualTo(new UpsertResult(keys, rows.size() - keys));

    for (int key = 0; key < keys; key++) {
      int newest = key + keys * ((5_000 - 1 - key) / keys);
      assertThat(read(entity("key " + key), VIEW)).isEqualTo("row " + newest);
    }
  }

  @Test
  void servesWritersAtTheSameTime() {
    List<CompletableFuture<UpsertResult>> writers = new ArrayList<>();
    for (int writer = 0; writer < 8; writer++) {
      int sequence = writer;
      writers.add(
          CompletableFuture.supplyAsync(
              () -> {
                List<Upsert> rows = new ArrayList<>();
                for (int key = 0; key < 500; key++) {
                  rows.add(
                      upsert(entity("k" + key), VIEW, version(1, 1, sequence), "by " + sequence));
                }
                return write(rows);
              }));
    }
    writers.forEach(CompletableFuture::join);

    for (int key = 0; key < 500; key++) {
      assertThat(read(entity("k" + key), VIEW)).isEqualTo("by 7");
    }
  }

  private void writeInBatches(List<Upsert> rows, Random random) {
    for (int from = 0; from < rows.size(); ) {
      int to = Math.min(rows.size(), from + 1 + random.nextInt(60));
      write(rows.subList(from, to));
      from = to;
    }
  }

  /** Rows of 12 entities and 3 views, no two of them with the same version. */
  private static List<Upsert> history(Random random, int size) {
    List<Upsert> history = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      Version version = version(random.nextInt(3), random.nextLong(1L << 48), i);
      history.add(
          upsert(
              entity(new byte[] {(byte) random.nextInt(-6, 6)}),
              random.nextInt(3),
              version,
              version.toString()));
    }
    return history;
  }

  private static Version later(Version a, Version b) {
    return a.compareTo(b) > 0 ? a : b;
  }
}
