package io.freshet.streaming.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ViewEventTest {
  private static final KafkaRecord ORIGIN = new KafkaRecord(3, 7, 11, null, new byte[] {1, 2});

  @Test
  void isReadBackWithAndWithoutItsOriginAndItsId() throws IOException {
    assertReadBack(null, null);
    assertReadBack(ORIGIN, null);
    assertReadBack(null, "id");
    assertReadBack(ORIGIN, "ü");
  }

  private static void assertReadBack(@Nullable KafkaRecord origin, @Nullable String id)
      throws IOException {
    @Nullable Object[] inputs = {1L, 2.5, "text", true, Instant.EPOCH, null};
    ViewEvent event = new ViewEvent(new ViewKey(5, new byte[] {9}), 42, inputs, origin, id);
    ViewEvent.Serializer serializer = new ViewEvent.Serializer();
    DataOutputSerializer out = new DataOutputSerializer(64);
    serializer.serialize(event, out);
    DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());

    assertThat(serializer.deserialize(in)).usingRecursiveComparison().isEqualTo(event);
    assertThat(in.available()).isZero();
  }
}
