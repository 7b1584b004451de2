package io.freshet.platform.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootedPlacesTest {
  private Path open;
  private Path closed;
  private RootedPlaces places;

  @BeforeEach
  void makeFolders(@TempDir Path temporary) throws Exception {
    Path folder = temporary.toRealPath();
    open = Files.createDirectories(folder.resolve("open"));
    closed = Files.createDirectories(folder.resolve("closed"));
    places = RootedPlaces.of(List.of(open.toString(), "s3a://bucket/sets"));
  }

  @Test
  void whatIsInARootIsNamedAsItIsUsed() throws Exception {
    Files.createSymbolicLink(open.resolve("link"), Files.createDirectory(open.resolve("there")));

    assertThat(places.confined(open + "/later/set")).contains("file://" + open + "/later/set");
    assertThat(places.confined("file:" + open + "/link/set"))
        .contains("file://" + open + "/there/set");
    assertThat(places.confined("s3a://bucket/sets/a")).contains("s3a://bucket/sets/a");
  }

  @Test
  void nothingLeadsOutOfARoot() throws Exception {
    Files.createSymbolicLink(open.resolve("out"), closed);

    assertThat(places.confined(closed.toString())).isEmpty();
    assertThat(places.confined(open + "/../closed")).isEmpty();
    assertThat(places.confined(open + "/out/set")).isEmpty();
    assertThat(places.confined(open + "2")).isEmpty();
    assertThat(places.confined("s3a://bucket/other")).isEmpty();
    assertThat(places.confined("labels.csv")).isEmpty();
    assertThat(places.confined("")).isEmpty();
    assertThat(RootedPlaces.of(List.of()).confined(open.toString())).isEmpty();
  }

  @Test
  void itSaysWhereTablesMayBe() {
    assertThat(places.described()).contains("file://" + open, "s3a://bucket/sets");
    assertThat(RootedPlaces.of(List.of()).described()).contains("nowhere");
  }
}
