package io.freshet.handover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.plan.PlanCodec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class HandOverTest {
  private static final HandOver.KeyHistory HISTORY =
      new HandOver.KeyHistory(
          9, new byte[] {1, 2}, new byte[] {3}, List.of(new HandOver.SeenId(-1, "ä")));
  private static final String HISTORY_BYTES =
      "0100000000090000000201020000000103000000" + "01ffffffffffffffff00000002c3a4";

  @Test
  void theBytesOfARecordStay() {
    assertThat(HexFormat.of().formatHex(HandOver.encode(HISTORY))).isEqualTo(HISTORY_BYTES);
    assertThat(HexFormat.of().formatHex(HandOver.encode(new HandOver.AllKeys(9))))
        .isEqualTo("010100000009");
  }

  @Test
  void aRecordIsReadBack() {
    assertThat(HandOver.decode(HandOver.encode(HISTORY)))
        .usingRecursiveComparison()
        .isEqualTo(HISTORY);
    assertThat(HandOver.decode(HandOver.encode(new HandOver.AllKeys(9))))
        .isEqualTo(new HandOver.AllKeys(9));
  }

  @Test
  void whatIsNoRecordIsRefused() {
    byte[] bytes = HandOver.encode(HISTORY);

    for (int length = 0; length < bytes.length; length++) {
      byte[] part = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> HandOver.decode(part))
          .as("%d bytes", length)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> HandOver.decode(new byte[] {2, 0, 0, 0, 0, 0}))
        .hasMessageContaining("version 2");
    assertThatThrownBy(() -> HandOver.decode(new byte[] {1, 7, 0, 0, 0, 0}))
        .hasMessageContaining("unknown kind 7");
  }

  @Test
  void anAcknowledgementIsReadBackAsWhatItIs() {
    for (Acknowledgement said :
        List.of(new Acknowledgement.Cut(9, 0, 7), new Acknowledgement.Settled(9, 1, 2))) {
      assertThat(PlanCodec.decode(PlanCodec.encode(said), Acknowledgement.class)).isEqualTo(said);
    }
  }
}
