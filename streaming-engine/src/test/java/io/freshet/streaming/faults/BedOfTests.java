package io.freshet.streaming.faults;

import java.util.Objects;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Makes one bed for all classes, sees that it is whole before each test, and prints the seed. */
final class BedOfTests
    implements BeforeEachCallback, AfterTestExecutionCallback, ParameterResolver {
  private static final Namespace OURS = Namespace.create(BedOfTests.class);

  @Override
  public void beforeEach(ExtensionContext context) throws Exception {
    FaultSeed seed = FaultSeed.draw();
    context.getStore(OURS).put(FaultSeed.class, seed);
    System.out.println(context.getDisplayName() + ": " + seed);
    bed(context).recover();
  }

  @Override
  public void afterTestExecution(ExtensionContext context) throws Exception {
    if (context.getExecutionException().isPresent()) {
      System.out.println(
          context.getDisplayName()
              + " failed with "
              + context.getStore(OURS).get(FaultSeed.class)
              + "; the processes' logs are in "
              + bed(context).folder()
              + "\n"
              + bed(context).cluster().lastWords());
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == FaultBed.class || type == FaultSeed.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == FaultBed.class
        ? bed(context)
        : Objects.requireNonNull(context.getStore(OURS).get(FaultSeed.class));
  }

  private static FaultBed bed(ExtensionContext context) {
    Store shared = context.getRoot().getStore(OURS);
    return shared.computeIfAbsent(FaultBed.class, type -> FaultBed.make(), FaultBed.class);
  }
}
