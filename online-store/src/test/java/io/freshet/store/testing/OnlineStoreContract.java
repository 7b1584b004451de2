package io.freshet.store.testing;

import static io.freshet.store.testing.Rows.PROJECT;
import static io.freshet.store.testing.Rows.content;
import static io.freshet.store.testing.Rows.contents;
import static io.freshet.store.testing.Rows.entity;
import static io.freshet.store.testing.Rows.upsert;
import static io.freshet.store.testing.Rows.version;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.store.EntityRef;
import io.freshet.store.OnlineStore;
import io.freshet.store.StoredRow;
import io.freshet.store.Upsert;
import io.freshet.store.UpsertResult;
import io.freshet.store.Version;
import io.freshet.store.ViewProgress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every online store promises. Each test starts on an empty store. */
public abstract class OnlineStoreContract {
  private static final int VIEW = 7;
  private static final EntityRef ATLANTA = entity("ATL");
  private static final EntityRef BOSTON = entity("BOS");

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

  protected abstract OnlineStore store();

  /** Returns when the store's clock has moved on by at least {@code millis}. */
  protected abstract void passTime(long millis);

  @Test
  void servesTheRowThatWasWritten() {
    assertThat(write(upsert(ATLANTA, VIEW, version(1, 1000, 2), "row")))
        .isEqualTo(new UpsertResult(1, 0));

    StoredRow row = store().read(List.of(ATLANTA), new int[] {VIEW})[0][0];

    assertThat(row).isNotNull();
    assertThat(row.version()).isEqualTo(version(1, 1000, 2));
    assertThat(content(row)).isEqualTo("row");
  }

  @Test
  void servesAnEmptyRow() {
    write(upsert(ATLANTA, VIEW, version(1, 1, 1), ""));

    assertThat(read(ATLANTA, VIEW)).isEmpty();
  }

  @Test
  void writesNothingWhenGivenNothing() {
    assertThat(write()).isEqualTo(new UpsertResult(0, 0));
    assertThat(store().read(List.of(), new int[] {VIEW})).isEmpty();
    assertThat(store().read(List.of(ATLANTA), new int[0])[0]).isEmpty();
    assertThat(store().progress(PROJECT, new int[0])).isEmpty();
  }

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
                .merge(row.view(), row.version(), OnlineStoreContract::later));

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
                        .as("seed %d, %s, view %d", seed, name(entity), view)
                        .isEqualTo(version.toString())));
  }

  @Test
  void keepsManyViewsOfAnEntityApart() {
    int[] views = new int[700];
    List<Upsert> rows = new ArrayList<>();
    for (int i = 0; i < views.length; i++) {
      views[i] = i * 0x0101_0101;
      rows.add(upsert(ATLANTA, views[i], version(1, i, 0), "view " + views[i]));
    }

    assertThat(write(rows)).isEqualTo(new UpsertResult(views.length, 0));

    @Nullable String[] contents = contents(store().read(List.of(ATLANTA), views)[0]);
    for (int i = 0; i < views.length; i++) {
      assertThat(contents[i]).isEqualTo("view " + views[i]);
    }
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
  void takesKeysOfAnyBytes() {
    List<EntityRef> entities =
        Stream.of(
                new byte[] {},
                new byte[] {0},
                new byte[] {0, 0},
                new byte[] {':'},
                new byte[] {':', ':'},
                new byte[] {'{', '}'},
                new byte[] {'{', 'a', '}', '\r', '\n'},
                new byte[] {(byte) 0x80, (byte) 0xff, 0, ':', (byte) 0xc3})
            .map(Rows::entity)
            .toList();
    List<Upsert> rows = new ArrayList<>();
    for (int i = 0; i < entities.size(); i++) {
      rows.add(upsert(entities.get(i), VIEW, version(1, 1, 1), "entity " + i));
    }

    write(rows);

    @Nullable StoredRow[][] read = store().read(entities, new int[] {VIEW});
    for (int i = 0; i < read.length; i++) {
      assertThat(content(read[i][0])).isEqualTo("entity " + i);
    }
  }

  @Test
  void keepsProjectsAndEntitiesApart() {
    byte[] key = {1};
    EntityRef airport = new EntityRef("flights", "airport", key);
    EntityRef route = new EntityRef("flights", "route", key);
    EntityRef other = new EntityRef("trains", "airport", key);

    write(
        upsert(airport, VIEW, version(1, 1, 1), "airport"),
        upsert(route, VIEW, version(1, 1, 1), "route"));

    assertThat(read(airport, VIEW)).isEqualTo("airport");
    assertThat(read(route, VIEW)).isEqualTo("route");
    assertThat(read(other, VIEW)).isNull();
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
  void readsInTheOrderAskedForWithNullsWhereThereIsNoRow() {
    write(
        upsert(ATLANTA, 1, version(1, 1, 1), "atl 1"),
        upsert(ATLANTA, 2, version(1, 1, 1), "atl 2"),
        upsert(BOSTON, 2, version(1, 1, 1), "bos 2"));

    @Nullable StoredRow[][] read =
        store().read(List.of(BOSTON, entity("none"), ATLANTA, BOSTON), new int[] {2, 9, 1});

    assertThat(contents(read[0])).containsExactly("bos 2", null, null);
    assertThat(contents(read[1])).containsExactly(null, null, null);
    assertThat(contents(read[2])).containsExactly("atl 2", null, "atl 1");
    assertThat(contents(read[3])).containsExactly("bos 2", null, null);
  }

  @Test
  void readsManyEntitiesAtOnce() {
    List<EntityRef> entities =
        Stream.iterate(0, i -> i + 1).limit(3_000).map(i -> entity("k" + i)).toList();
    write(entities.stream().map(e -> upsert(e, VIEW, version(1, 1, 1), name(e))).toList());

    @Nullable StoredRow[][] read = store().read(entities, new int[] {VIEW});

    for (int i = 0; i < read.length; i++) {
      assertThat(content(read[i][0])).isEqualTo("k" + i);
    }
  }

  @Test
  void keepsTheBytesThatItWasGiven() {
    StoredRow first = readOne("row");
    first.row()[0] = 'X';

    assertThat(read(ATLANTA, VIEW)).isEqualTo("row");
  }

  @Test
  void neverTakesProgressBack() {
    advance(new ViewProgress(PROJECT, 1, 3, 5_000));
    advance(new ViewProgress(PROJECT, 1, 3, 4_000), new ViewProgress(PROJECT, 1, 2, 9_000));

    assertThat(store().progress(PROJECT, new int[] {1}))
        .containsExactly(Map.entry(1, new ViewProgress(PROJECT, 1, 3, 5_000)));
  }

  @Test
  void letsANewEpochTakeProgressBackInTime() {
    advance(new ViewProgress(PROJECT, 1, 0x7fff_ffff, 5_000));
    ViewProgress next = new ViewProgress(PROJECT, 1, 0x8000_0000, -4_000);
    advance(next);

    assertThat(store().progress(PROJECT, new int[] {1})).containsExactly(Map.entry(1, next));

    ViewProgress further = new ViewProgress(PROJECT, 1, 0x8000_0000, 1L << 48);
    advance(further, next);

    assertThat(store().progress(PROJECT, new int[] {1})).containsExactly(Map.entry(1, further));
  }

  @Test
  void comparesProgressBeforeAndAfter1970() {
    List<Long> ascending =
        List.of(
            Long.MIN_VALUE,
            -(1L << 32) - 1,
            -(1L << 32),
            -1L,
            0L,
            1L << 31,
            1L << 32,
            Long.MAX_VALUE);
    for (long time : ascending) {
      ViewProgress progress = new ViewProgress(PROJECT, 1, 1, time);
      advance(progress);
      advance(new ViewProgress(PROJECT, 1, 1, Long.MIN_VALUE));

      assertThat(store().progress(PROJECT, new int[] {1})).containsEntry(1, progress);
    }
  }

  @Test
  void knowsTheProgressOfEachViewOfAProject() {
    ViewProgress one = new ViewProgress(PROJECT, 1, 1, 10);
    ViewProgress two = new ViewProgress(PROJECT, 2, 1, 20);
    ViewProgress elsewhere = new ViewProgress("trains", 1, 1, 30);
    advance(one, two, elsewhere);

    assertThat(store().progress(PROJECT, new int[] {2, 3, 1}))
        .containsOnly(Map.entry(1, one), Map.entry(2, two));
    assertThat(store().progress("trains", new int[] {1, 2})).containsOnly(Map.entry(1, elsewhere));
    assertThat(store().progress("none", new int[] {1})).isEmpty();
  }

  @Test
  void forgetsAnEntityAfterItsTimeToLive() {
    write(
        upsert(ATLANTA, VIEW, version(1, 1, 1), "short", 200),
        upsert(BOSTON, VIEW, version(1, 1, 1), "long", 60_000));

    assertThat(read(ATLANTA, VIEW)).isEqualTo("short");
    passTime(400);

    assertThat(read(ATLANTA, VIEW)).isNull();
    assertThat(read(BOSTON, VIEW)).isEqualTo("long");
    assertThat(write(upsert(ATLANTA, VIEW, version(0, 0, 0), "anew")))
        .isEqualTo(new UpsertResult(1, 0));
  }

  @Test
  void keepsAnEntityForTheLongestOfItsTimesToLive() {
    write(upsert(ATLANTA, 1, version(1, 1, 1), "long", 60_000));
    write(upsert(ATLANTA, 2, version(1, 1, 1), "short", 200));
    write(
        upsert(BOSTON, 1, version(1, 1, 1), "long", 60_000),
        upsert(BOSTON, 2, version(1, 1, 1), "short", 200));
    passTime(400);

    assertThat(contents(store().read(List.of(ATLANTA), new int[] {1, 2})[0]))
        .containsExactly("long", "short");
    assertThat(contents(store().read(List.of(BOSTON), new int[] {1, 2})[0]))
        .containsExactly("long", "short");
  }

  @Test
  void extendsTheTimeToLiveWithANewerRow() {
    write(upsert(ATLANTA, VIEW, version(1, 1, 1), "short", 300));
    write(upsert(ATLANTA, VIEW, version(1, 2, 1), "long", 60_000));
    passTime(500);

    assertThat(read(ATLANTA, VIEW)).isEqualTo("long");
  }

  @Test
  void leavesTheTimeToLiveAloneWhenARowChangesNothing() {
    write(upsert(ATLANTA, VIEW, version(1, 2, 1), "newest", 300));
    write(upsert(ATLANTA, VIEW, version(1, 1, 1), "late", 60_000));
    passTime(500);

    assertThat(read(ATLANTA, VIEW)).isNull();
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

  private StoredRow readOne(String content) {
    write(upsert(ATLANTA, VIEW, version(1, 1, 1), content));
    StoredRow row = store().read(List.of(ATLANTA), new int[] {VIEW})[0][0];
    assertThat(row).isNotNull();
    return row;
  }

  private UpsertResult write(Upsert... rows) {
    return write(List.of(rows));
  }

  private UpsertResult write(List<Upsert> rows) {
    return store().upsert(rows).toCompletableFuture().join();
  }

  private void advance(ViewProgress... views) {
    store().advance(List.of(views)).toCompletableFuture().join();
  }

  private @Nullable String read(EntityRef entity, int view) {
    return content(store().read(List.of(entity), new int[] {view})[0][0]);
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

  private static String name(EntityRef entity) {
    return new String(entity.key(), UTF_8);
  }

  private static Version later(Version a, Version b) {
    return a.compareTo(b) > 0 ? a : b;
  }
}
