package io.freshet.local.supervisor;

import io.freshet.local.platform.DataFolder;
import io.freshet.local.platform.Service;
import io.freshet.local.supervisor.PlatformStatus.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The parent of the platform's processes: starts them, waits until each serves, starts again what
 * dies, and on SIGTERM ends them in reverse order. What it does it says on standard output, how it
 * stands it writes to the status file.
 */
public final class Supervisor {
  private static final Duration PULSE = Duration.ofMillis(500);

  private final DataFolder data;
  private final String api;
  private final List<List<Service>> stages;
  private final ProcessRegister register;
  private final Narrator narrator = new Narrator(System.out);
  private final List<SupervisedService> services = new ArrayList<>();
  private final CountDownLatch stopAsked = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private Phase phase = Phase.STARTING;
  private String message = "";

  /**
   * @param api the address of the control plane
   * @param stages the services of a stage start together, once those of the stage before serve
   */
  public Supervisor(DataFolder data, String api, List<List<Service>> stages) {
    this.data = data;
    this.api = api;
    this.stages = List.copyOf(stages);
    this.register = ProcessRegister.empty(data);
  }

  /** Runs until it is asked to stop or the start fails; true if it was asked. */
  public boolean run() {
    try {
      boolean up = startAll();
      if (up) {
        enter(Phase.UP, "");
        narrator.say("Freshet is up: " + api);
        watch();
      }
      return stopAsked();
    } finally {
      stopAll();
      stopped.countDown();
    }
  }

  /** Asks it to stop and returns once every process has ended. */
  public void stop() {
    stopAsked.countDown();
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean startAll() {
    narrator.say("Starting the platform, data in " + data.root());
    return stages.stream().allMatch(this::start);
  }

  private boolean start(List<Service> together) {
    List<SupervisedService> starting = new ArrayList<>();
    for (Service service : together) {
      SupervisedService supervised = new SupervisedService(service, data, register, narrator::say);
      services.add(supervised);
      starting.add(supervised);
      try {
        supervised.start();
      } catch (Exception e) {
        return fail("Cannot start %s: %s".formatted(service.name(), e.getMessage()));
      }
    }
    publish();
    return starting.stream().allMatch(this::awaitHealth);
  }

  private boolean awaitHealth(SupervisedService service) {
    Instant begun = Instant.now();
    String fault = "it was not asked";
    while (Duration.between(begun, Instant.now()).compareTo(service.startDeadline()) < 0) {
      if (stopAsked()) {
        return false;
      }
      if (!service.isAlive()) {
        return fail(
            "Cannot start %s: it ended at once, its log ends with%n%s"
                .formatted(service.name(), service.lastWords()));
      }
      fault = service.faultOfHealth();
      if (fault.isEmpty()) {
        narrator.healthy(service.status());
        publish();
        return true;
      }
      pause();
    }
    return fail(
        "Cannot start %s: it does not serve after %d s (%s), its log ends with%n%s"
            .formatted(
                service.name(), service.startDeadline().toSeconds(), fault, service.lastWords()));
  }

  private void watch() {
    while (!stopAsked()) {
      pause();
      for (SupervisedService service : services) {
        service.restartIfEnded();
        if (service.isAlive() && !service.isHealthy() && service.faultOfHealth().isEmpty()) {
          narrator.healthy(service.status());
        }
      }
      publish();
    }
  }

  private void stopAll() {
    if (phase != Phase.FAILED) {
      enter(Phase.STOPPING, message);
    }
    narrator.say("Stopping the platform");
    for (int i = services.size() - 1; i >= 0; i--) {
      services.get(i).stop();
      publish();
    }
    LeftOvers descendants = LeftOvers.of(data);
    if (!descendants.isEmpty()) {
      descendants.end();
    }
    narrator.say("All processes have ended");
  }

  private boolean fail(String reason) {
    narrator.say(reason);
    enter(Phase.FAILED, reason);
    return false;
  }

  private void enter(Phase next, String why) {
    phase = next;
    message = why;
    publish();
  }

  private void publish() {
    new PlatformStatus(
            ProcessIdentity.of(ProcessHandle.current()),
            phase,
            message,
            api,
            services.stream().map(SupervisedService::status).toList())
        .write(data);
  }

  private boolean stopAsked() {
    return stopAsked.getCount() == 0;
  }

  private void pause() {
    try {
      if (stopAsked.await(PULSE.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopAsked.countDown();
    }
  }
}
