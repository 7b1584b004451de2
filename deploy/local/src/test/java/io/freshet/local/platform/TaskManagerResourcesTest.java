package io.freshet.local.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class TaskManagerResourcesTest {
  @Test
  void readsFlagsAndSettingsFromWhatFlinkPrints() throws IOException {
    TaskManagerResources resources =
        TaskManagerResources.ofOutput(
            """
            INFO  something else
            BASH_JAVA_UTILS_EXEC_RESULT:-Xmx100 -Xms100
            BASH_JAVA_UTILS_EXEC_RESULT:-D taskmanager.cpu.cores=2.0
            """);

    assertThat(resources.jvmFlags()).containsExactly("-Xmx100", "-Xms100");
    assertThat(resources.dynamicSettings()).containsExactly("-D", "taskmanager.cpu.cores=2.0");
  }

  @Test
  void tellsWhatFlinkSaidIfThereIsNoResult() {
    assertThatThrownBy(() -> TaskManagerResources.ofOutput("Out of memory"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Out of memory");
  }
}
