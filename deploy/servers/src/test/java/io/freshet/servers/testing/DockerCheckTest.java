package io.freshet.servers.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerCheckTest {
  @TempDir private Path folder = Path.of(".");

  @Test
  void saysThatThereIsNoDaemon() {
    assertThat(new DockerCheck(folder.resolve("docker.sock")).faultOf("redis:7.4"))
        .hasValueSatisfying(why -> assertThat(why).contains("no Docker daemon at"));
  }
}
