package io.freshet.streaming.sink;

import io.freshet.store.OnlineStoreWriter;
import java.io.Serializable;

/** Opens the online store, where the operator runs. */
@FunctionalInterface
public interface StoreOpener extends Serializable {
  OnlineStoreWriter open();
}
