package io.freshet.platform.handover;

import io.freshet.platform.overload.Shedder;
import io.freshet.platform.registry.Lanes;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Sheds views by their lanes. */
@Component
class LaneShedder implements Shedder {
  private final Lanes lanes;

  LaneShedder(Lanes lanes) {
    this.lanes = lanes;
  }

  @Override
  public void shed(int viewNumber) {
    lanes.shed(viewNumber);
  }

  @Override
  public void recover(int viewNumber) {
    lanes.recover(viewNumber);
  }

  @Override
  public Set<Integer> sheddingViews() {
    return lanes.sheddingViews();
  }
}
