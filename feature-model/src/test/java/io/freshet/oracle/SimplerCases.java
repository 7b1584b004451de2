package io.freshet.oracle;

import io.freshet.oracle.RandomCase.Arrival;
import io.freshet.plan.FeaturePlan;
import io.freshet.value.ValueType;
import io.freshet.window.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The cases that are a step simpler than a case, the boldest steps first. */
final class SimplerCases {
  private static final long[] ROUND_TO = {86_400_000, 3_600_000, 60_000, 1000};

  private SimplerCases() {}

  static Stream<RandomCase> of(RandomCase random) {
    return Stream.of(
            fewerArrivals(random),
            fewerFeatures(random),
            withoutFilter(random),
            inOrder(random),
            plainerEvents(random))
        .flatMap(steps -> steps);
  }

  private static Stream<RandomCase> fewerArrivals(RandomCase random) {
    int size = random.arrivals().size();
    return IntStream.iterate(size, part -> part > 0, part -> part / 2)
        .boxed()
        .flatMap(
            part ->
                IntStream.iterate(0, from -> from < size, from -> from + part)
                    .mapToObj(from -> without(random, from, Math.min(size, from + part))));
  }

  private static RandomCase without(RandomCase random, int from, int to) {
    List<Arrival> fewer = new ArrayList<>(random.arrivals());
    fewer.subList(from, to).clear();
    return random.with(List.copyOf(fewer));
  }

  private static Stream<RandomCase> fewerFeatures(RandomCase random) {
    List<FeaturePlan> features = random.view().features();
    Stream<RandomCase> alone =
        features.stream()
            .map(feature -> random.with(Views.having(random.view(), List.of(feature))));
    Stream<RandomCase> without =
        features.stream()
            .map(feature -> features.stream().filter(other -> !other.equals(feature)).toList())
            .map(fewer -> random.with(Views.having(random.view(), fewer)));
    return features.size() == 1 ? Stream.empty() : Stream.concat(alone, without);
  }

  private static Stream<RandomCase> withoutFilter(RandomCase random) {
    return random.view().filter() == null
        ? Stream.empty()
        : Stream.of(random.with(Views.filtered(random.view(), null)));
  }

  /** Without disorder to wait for, and with a watermark that stays. */
  private static Stream<RandomCase> inOrder(RandomCase random) {
    Stream<RandomCase> patient =
        random.view().allowedLatenessMillis() == 0
            ? Stream.empty()
            : Stream.of(random.with(Views.allowing(random.view(), 0)));
    return Stream.concat(
        patient,
        changed(random, arrival -> arrival.settles() ? plain(arrival, arrival.event()) : null));
  }

  private static Stream<RandomCase> plainerEvents(RandomCase random) {
    Stream<RandomCase> inputs =
        IntStream.range(0, random.view().inputs().size())
            .boxed()
            .flatMap(
                at ->
                    Stream.concat(
                        changed(random, arrival -> withInput(arrival, at, null)),
                        changed(random, arrival -> withInput(arrival, at, plain(at)))));
    Stream<RandomCase> ids =
        changed(
            random,
            arrival ->
                arrival.id() == null
                    ? null
                    : new Arrival(arrival.key(), arrival.event(), null, arrival.settles()));
    Stream<RandomCase> times =
        Arrays.stream(ROUND_TO)
            .boxed()
            .flatMap(
                unit ->
                    Stream.concat(
                        allRoundedTo(random, unit),
                        changed(random, arrival -> roundedTo(arrival, unit))));
    return Stream.of(ids, inputs, times).flatMap(steps -> steps);
  }

  private static @Nullable Arrival withInput(Arrival arrival, int at, @Nullable Object value) {
    @Nullable Object[] inputs = arrival.event().inputs();
    if (inputs[at] == null || inputs[at].equals(value)) {
      return null;
    }
    return new Arrival(
        arrival.key(),
        new OracleEvent(arrival.event().timeMillis(), RandomSource.changed(inputs, at, value)),
        arrival.id(),
        arrival.settles());
  }

  private static @Nullable Arrival roundedTo(Arrival arrival, long unit) {
    long rounded = Window.floor(arrival.event().timeMillis(), unit);
    return rounded == arrival.event().timeMillis()
        ? null
        : new Arrival(
            arrival.key(),
            new OracleEvent(rounded, arrival.event().inputs()),
            arrival.id(),
            arrival.settles());
  }

  /** Of times that only differ below a unit the order may be what matters: all are rounded. */
  private static Stream<RandomCase> allRoundedTo(RandomCase random, long unit) {
    List<Arrival> rounded = new ArrayList<>();
    for (Arrival arrival : random.arrivals()) {
      Arrival simpler = roundedTo(arrival, unit);
      rounded.add(simpler == null ? arrival : simpler);
    }
    return rounded.equals(random.arrivals()) ? Stream.empty() : Stream.of(random.with(rounded));
  }

  private static Arrival plain(Arrival arrival, OracleEvent event) {
    return new Arrival(arrival.key(), event, arrival.id(), false);
  }

  private static @Nullable Object plain(int at) {
    return RandomView.INPUTS.get(at).type() == ValueType.INT64 ? (Object) 1L : null;
  }

  /** One case for each arrival that a step changes; the step answers null where it does not. */
  private static Stream<RandomCase> changed(RandomCase random, Step step) {
    return IntStream.range(0, random.arrivals().size())
        .boxed()
        .flatMap(
            at -> {
              Arrival simpler = step.of(random.arrivals().get(at));
              if (simpler == null) {
                return Stream.empty();
              }
              List<Arrival> arrivals = new ArrayList<>(random.arrivals());
              arrivals.set(at, simpler);
              return Stream.of(random.with(List.copyOf(arrivals)));
            });
  }

  private interface Step {
    @Nullable Arrival of(Arrival arrival);
  }
}
