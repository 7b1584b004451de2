package io.freshet.benchmark.streaming;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.OperatingSystemMXBean;
import io.freshet.benchmark.lab.Deadline;
import io.freshet.plan.PlanCodec;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;

/**
 * The process of a contender. Its one argument is a {@link WorkOrder}; it prints a {@link Mark} a
 * line as it reaches them, then what was {@link Observed}, and ends with its standard input.
 */
public final class ContenderMain {
  static final String MARK = "mark ";
  static final String OBSERVED = "observed ";
  static final String DONE = "done";

  private static final long LOOK_MILLIS = 5;
  private static final Duration VALUES_PATIENCE = Duration.ofMinutes(1);
  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private ContenderMain() {}

  public static void main(String[] arguments) throws Exception {
    WorkOrder order = PlanCodec.decode(arguments[0].getBytes(UTF_8), WorkOrder.class);
    LocalCluster.install(order);
    Thread job = new Thread(() -> run(order), "job");
    job.setDaemon(true);
    job.start();
    tell(order);
    System.in.transferTo(OutputStream.nullOutputStream());
    Runtime.getRuntime().halt(0);
  }

  @SuppressWarnings("CatchAndPrintStackTrace") // The log is standard error.
  private static void run(WorkOrder order) {
    try {
      order.contender().run(order);
    } catch (Exception e) {
      e.printStackTrace();
      Runtime.getRuntime().halt(1);
    }
  }

  private static void tell(WorkOrder order) throws Exception {
    List<Long> marks = order.marks();
    Profile profile = new Profile(order.profile());
    for (int i = 0; i < marks.size(); i++) {
      awaitEvents(marks.get(i));
      if (i == 0) {
        profile.begin();
      }
      System.out.println(MARK + mark().line());
      if (i == 1) {
        profile.end();
      }
    }
    if (order.contender().isObserved()) {
      awaitValues();
    }
    for (Observed observed : Observed.newest()) {
      System.out.println(OBSERVED + observed.line());
    }
    System.out.println(DONE);
  }

  private static void awaitEvents(long events) throws InterruptedException {
    while (EventsRead.soFar() < events) {
      Thread.sleep(LOOK_MILLIS);
    }
  }

  /** What was read to the last mark may not have left a window yet. */
  private static void awaitValues() throws InterruptedException {
    Deadline deadline = Deadline.after(VALUES_PATIENCE);
    while (!Observed.newest().iterator().hasNext() && !deadline.hasPassed()) {
      deadline.pause();
    }
  }

  private static Mark mark() {
    return new Mark(EventsRead.soFar(), PROCESS.getProcessCpuTime(), System.currentTimeMillis());
  }
}
