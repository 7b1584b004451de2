package io.freshet.platform.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.error.FreshetException;
import io.freshet.plan.SourcePlan;
import io.freshet.plan.TableFormat;
import io.freshet.plan.TablePlan;
import io.freshet.platform.reconcile.Plans;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableRootsTest {
  private Path open;
  private Path closed;
  private TableRoots roots;

  @BeforeEach
  void makeFolders(@TempDir Path temporary) throws Exception {
    Path folder = temporary.toRealPath();
    open = Files.createDirectories(folder.resolve("open"));
    closed = Files.createDirectories(folder.resolve("closed/table"));
    roots = TableRoots.of(List.of(open.toString(), "s3a://bucket/tables", "hdfs://name:8020"));
  }

  @Test
  void whatIsInARootMayBeReadWhetherItIsThereYetOrNot() throws Exception {
    Files.createDirectories(open.resolve("a/b"));

    assertThat(roots.refusal(at(open.toString()))).isEmpty();
    assertThat(roots.refusal(at(open + "/a/b"))).isEmpty();
    assertThat(roots.refusal(at("file:" + open + "/a/b"))).isEmpty();
    assertThat(roots.refusal(at("file://" + open + "/a/later/t"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "s3a://bucket/tables, true",
    "s3a://bucket/tables/day=1/t, true",
    "hdfs://name:8020/any/t, true",
    "s3a://bucket/tables2, false",
    "s3a://bucket/other/t, false",
    "s3a://bucket/tables/../other, false",
    "s3a://other/tables/t, false",
    "s3://bucket/tables/t, false",
    "s3a:/tables/t, false",
    "hdfs:///any/t, false",
    "hdfs://name:8021/any/t, false",
    "file://name:8020/any/t, false",
    "/any/t, false",
    "//bucket/tables/t, false",
    "tables/t, false"
  })
  void aUriMustHaveTheSchemeTheAuthorityAndTheFirstPartsOfARoot(String path, boolean allowed) {
    assertThat(roots.refusal(at(path)).isEmpty()).isEqualTo(allowed);
  }

  @Test
  void whatIsElsewhereOnThisMachineIsRefused() {
    assertThat(roots.refusal(at(closed.toString()))).isPresent();
    assertThat(roots.refusal(at(open + "2"))).isPresent();
    assertThat(roots.refusal(at(open + "/../closed/table"))).isPresent();
    assertThat(roots.refusal(at("file:" + open + "/../closed/table"))).isPresent();
    assertThat(roots.refusal(at("/"))).isPresent();
  }

  @Test
  void linksLeadOutOfNoRoot() throws Exception {
    Files.createSymbolicLink(open.resolve("out"), closed.getParent());
    Files.createSymbolicLink(open.resolve("nowhere"), closed.resolve("missing"));
    Files.createSymbolicLink(open.resolve("in"), Files.createDirectory(open.resolve("t")));

    assertThat(roots.refusal(at(open + "/out/table"))).isPresent();
    assertThat(roots.refusal(at(open + "/out/table/later"))).isPresent();
    assertThat(roots.refusal(at(open + "/nowhere"))).isPresent();
    assertThat(roots.refusal(at(open + "/in"))).isEmpty();
  }

  @Test
  void aRootThatIsALinkHoldsWhatItLeadsTo() throws Exception {
    Path link = Files.createSymbolicLink(open.resolveSibling("link"), closed.getParent());
    TableRoots linked = TableRoots.of(List.of(link.toString()));

    assertThat(linked.refusal(at(link + "/table"))).isEmpty();
    assertThat(linked.refusal(at(closed.toString()))).isEmpty();
    assertThat(linked.refusal(at(open.toString()))).isPresent();
  }

  @Test
  void whatWasCheckedIsWhatIsRead() throws Exception {
    Path table = Files.createDirectory(open.resolve("t"));
    Path link = Files.createSymbolicLink(open.resolve("link"), table);
    SourcePlan source = Plans.source("departures");

    assertThat(roots.confined(source.over(at(link.toString()))).table())
        .isEqualTo(at("file://" + table));
    assertThat(roots.confined(source.over(at("s3a://bucket/tables/t"))).table())
        .isEqualTo(at("s3a://bucket/tables/t"));
    assertThat(roots.confined(source)).isEqualTo(source);
    Files.delete(link);
    Files.createSymbolicLink(link, closed);
    assertThatThrownBy(() -> roots.confined(source.over(at(link.toString()))))
        .isInstanceOf(FreshetException.class)
        .hasMessage(roots.refusal(at(link.toString())).orElseThrow());
  }

  @Test
  void aRefusalNamesThePathTheRootsAndTheRemedy() {
    assertThat(roots.refusal(at("/etc/t")))
        .contains(
            "Cannot read the table at /etc/t: sources may read tables in file://"
                + open
                + ", s3a://bucket/tables, hdfs://name:8020/ only, and links are followed; move it there or have its folder added to freshet.batch.table-roots");
    assertThat(TableRoots.of(List.of()).refusal(at("/etc/t")))
        .contains(
            "Cannot read the table at /etc/t: sources may read no tables here, have its folder added to freshet.batch.table-roots");
  }

  @Test
  void aRootThatIsNoPlaceFailsTheStart() {
    assertThatThrownBy(() -> TableRoots.of(List.of("s3a://bucket/../x")))
        .isInstanceOf(FreshetException.class)
        .hasMessage(
            "Cannot use \"s3a://bucket/../x\" in freshet.batch.table-roots: write a path or a URI without . or .. parts");
  }

  private static TablePlan at(String path) {
    return new TablePlan(TableFormat.DELTA, path);
  }

  @Test
  void aPlaceInARootIsNamedAsItIsUsed() throws Exception {
    Path there = Files.createDirectory(open.resolve("there"));
    Files.createSymbolicLink(open.resolve("link"), there);

    assertThat(roots.confined(open + "/later/set")).contains("file://" + open + "/later/set");
    assertThat(roots.confined("file:" + open + "/link/set")).contains("file://" + there + "/set");
    assertThat(roots.confined("labels.csv")).isEmpty();
    assertThat(roots.confined(open + "2")).isEmpty();
  }

  @Test
  void itSaysWhereTablesMayBe() {
    assertThat(roots.described()).contains("file://" + open, "s3a://bucket/tables");
    assertThat(TableRoots.of(List.of()).described()).contains("nowhere");
  }
}
