package io.freshet.streaming.record;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** A serializer of values that nobody changes: copies are the value itself. */
public abstract class ImmutableSerializer<T> extends TypeSerializerSingleton<T> {
  private static final int VARIABLE_LENGTH = -1;

  @Override
  public final boolean isImmutableType() {
    return true;
  }

  /** Never called for an immutable type: there is nothing to be filled in. */
  @Override
  public final T createInstance() {
    throw new UnsupportedOperationException("immutable values are made by deserialize()");
  }

  @Override
  public final T copy(T from) {
    return from;
  }

  @Override
  public final T copy(T from, T reuse) {
    return from;
  }

  @Override
  public final int getLength() {
    return VARIABLE_LENGTH;
  }

  @Override
  public final T deserialize(T reuse, DataInputView source) throws IOException {
    return deserialize(source);
  }

  @Override
  public final void copy(DataInputView source, DataOutputView target) throws IOException {
    serialize(deserialize(source), target);
  }
}
