package io.freshet.platform.web;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.platform.testing.Platform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.diagnostics.FailureAnalysis;

class LoopbackOnlyTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"server.address=0.0.0.0", "server.address=", "management.server.address=0.0.0.0"})
  void thePlatformDoesNotStartWhereOthersReachIt(String setting) {
    assertThatThrownBy(() -> Platform.start(setting).close())
        .hasRootCauseInstanceOf(NonLoopbackAddressException.class);
  }

  @Test
  void theFailedStartIsExplainedWithARemedy() {
    FailureAnalysis analysis =
        requireNonNull(
            new NonLoopbackFailureAnalyzer().analyze(new NonLoopbackAddressException("0.0.0.0")));

    assertThat(analysis.getDescription()).contains("0.0.0.0").contains("not authenticated");
    assertThat(analysis.getAction()).contains("Set server.address to 127.0.0.1");
  }
}
