package io.freshet.streaming.log;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class FeatureLogsTest {
  @Test
  void tellsAClusterWithoutHadoopWhatItLacks() {
    assertThatIllegalStateException()
        .isThrownBy(() -> FeatureLogs.requireHadoop(ClassLoader.getPlatformClassLoader()))
        .withMessageContaining("hadoop-client-api and hadoop-client-runtime into Flink's lib");
    assertThatCode(() -> FeatureLogs.requireHadoop(FeatureLogs.class.getClassLoader()))
        .doesNotThrowAnyException();
  }
}
