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
import io.freshet.store.StoredRow;
import io.freshet.store.Upsert;
import io.freshet.store.UpsertResult;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every online store promises. Each test starts on an empty store. */
public abstract class OnlineStoreContract extends EntitiesContract {
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

  private StoredRow readOne(String content) {
    write(upsert(ATLANTA, VIEW, version(1, 1, 1), content));
    StoredRow row = store().read(List.of(ATLANTA), new int[] {VIEW})[0][0];
    assertThat(row).isNotNull();
    return row;
  }

  private static String name(EntityRef entity) {
    return new String(entity.key(), UTF_8);
  }
}
