package io.freshet.serving;

/**
 * How long a tier takes to serve what happened.
 *
 * @param archiveMillis after its tick a run looks how far the source goes; 0 for a tier without
 *     ticks
 * @param onlineMillis after its tick the rows of a run are in the online store; for a tier without
 *     ticks, after the arrival of an event its row is
 */
public record ServingDelay(long archiveMillis, long onlineMillis) {
  public ServingDelay {
    if (archiveMillis < 0 || onlineMillis < archiveMillis) {
      throw new IllegalArgumentException(
          "Cannot serve %d ms after a tick whose run reads its source after %d ms: both are 0 or more, the first is not less"
              .formatted(onlineMillis, archiveMillis));
    }
  }
}
