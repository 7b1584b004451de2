package io.freshet.platform.training;

import io.freshet.error.InvalidInputException;
import io.freshet.error.Violations;
import io.freshet.plan.TrainingSetPlan;
import io.freshet.plan.TrainingSetPlan.Mode;
import io.freshet.plan.TrainingSetPlan.Output;
import io.freshet.plan.TrainingSetPlan.Spine;
import io.freshet.platform.registry.RegistryReads;
import io.freshet.platform.registry.ServedProject;
import io.freshet.platform.schedule.BatchRun;
import io.freshet.platform.schedule.TrainingSetRuns;
import io.freshet.platform.tables.TableRoots;
import io.freshet.platform.warehouse.WarehouseSettings;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes of what users ask for a run of the batch engine, settled to the last feature. */
@Component
class TrainingSets {
  /** Of a plan whose run has no name and no files yet. */
  private static final String UNSETTLED = "";

  private final RegistryReads registry;
  private final TableRoots roots;
  private final ServingDelays delays;
  private final TrainingSetRuns runs;
  private final String warehouse;

  TrainingSets(
      RegistryReads registry,
      TableRoots roots,
      ServingDelays delays,
      TrainingSetRuns runs,
      WarehouseSettings warehouse) {
    this.registry = registry;
    this.roots = roots;
    this.delays = delays;
    this.runs = runs;
    this.warehouse = warehouse.root();
  }

  /**
   * Stores that a training set is wanted.
   *
   * @throws io.freshet.platform.web.RequestRefusedException if there is no such project
   * @throws InvalidInputException with every fault of the request
   */
  BatchRun request(String project, TrainingSetRequest request) {
    ServedProject served = registry.served(project);
    Violations faults = new Violations();
    TrainingTables tables = new TrainingTables(roots, faults);
    Optional<Spine> spine = tables.spine(request.spine());
    Optional<Output> output = tables.output(request.output());
    Mode mode = mode(request.mode(), faults);
    SelectedFeatures features = SelectedFeatures.of(served, request, faults);
    tables.checkApart(spine, output);
    faults.throwIfAny("the training set");
    return runs.request(
        project, plan(project, spine.orElseThrow(), output.orElseThrow(), mode, features));
  }

  private TrainingSetPlan plan(
      String project, Spine spine, Output output, Mode mode, SelectedFeatures features) {
    return new TrainingSetPlan(
        UNSETTLED,
        spine,
        features.sources(name -> registry.source(project, name), delays),
        features.onDemand(),
        features.names(),
        mode,
        warehouse,
        output,
        UNSETTLED);
  }

  private static Mode mode(@Nullable String name, Violations faults) {
    if (name == null || name.equals("as_served")) {
      return Mode.AS_SERVED;
    }
    if (!name.equals("exact")) {
      faults.add("mode", "\"%s\" is no mode: as_served or exact".formatted(name));
    }
    return Mode.EXACT;
  }
}
