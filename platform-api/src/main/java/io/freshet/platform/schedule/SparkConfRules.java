package io.freshet.platform.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What settings of Spark must fulfil, so that a run neither fails late nor works otherwise. */
final class SparkConfRules {
  private static final String DYNAMIC = "spark.dynamicAllocation.enabled";
  private static final String TRACKING = "spark.dynamicAllocation.shuffleTracking.enabled";
  private static final String SHUFFLE_SERVICE = "spark.shuffle.service.enabled";
  private static final String DECOMMISSION = "spark.decommission.enabled";
  private static final String STORAGE = "spark.storage.decommission.enabled";
  private static final String FALLBACK = "spark.storage.decommission.fallbackStorage.path";
  private static final String IMAGE = "spark.kubernetes.container.image";
  private static final String EXECUTOR_IMAGE = "spark.kubernetes.executor.container.image";

  /** Settings that Freshet makes, each with what to do instead. */
  private static final Map<String, String> OWN =
      Map.of(
          "spark.master", "set freshet.batch.master",
          "spark.submit.deployMode",
              "leave it out, the driver is the process that is supervised, so that runs are submitted in client mode always",
          "spark.driver.memory", "set freshet.batch.memory",
          "spark.app.name", "leave it out, a run's name tells which it is",
          "spark.sql.extensions", "leave it out, the batch engine sets it",
          "spark.sql.catalog.spark_catalog", "leave it out, the batch engine sets it",
          "spark.sql.datetime.java8API.enabled", "leave it out, the batch engine sets it",
          "spark.sql.session.timeZone", "leave it out, the batch engine computes in UTC");

  private final SparkMaster master;
  private final SparkConf conf;
  private final List<String> faults = new ArrayList<>();

  private SparkConfRules(SparkMaster master, SparkConf conf) {
    this.master = master;
    this.conf = conf;
  }

  /** All that is wrong, as messages; empty if nothing is. */
  static List<String> faults(SparkMaster master, SparkConf conf) {
    SparkConfRules rules = new SparkConfRules(master, conf);
    rules.checkKeys();
    rules.checkExecutors();
    rules.checkDynamicAllocation();
    rules.checkDecommissioning();
    return List.copyOf(rules.faults);
  }

  private void checkKeys() {
    for (String key : conf.settings().keySet()) {
      String remedy = OWN.get(key);
      if (remedy != null) {
        add("Cannot set %s for Spark: Freshet does; %s".formatted(key, remedy));
      } else if (!key.startsWith("spark.")) {
        add("Cannot set %s for Spark: its settings begin with \"spark.\"".formatted(key));
      }
    }
  }

  private void checkExecutors() {
    if (master.isLocal()) {
      for (String key : List.of(DYNAMIC, DECOMMISSION)) {
        if (conf.isOn(key)) {
          add(
              "Cannot set %s with master %s: there are no executors; choose a cluster's master or leave it out"
                  .formatted(key, master.url()));
        }
      }
    }
    if (master.isKubernetes()
        && conf.value(IMAGE).isEmpty()
        && conf.value(EXECUTOR_IMAGE).isEmpty()) {
      add("Cannot run on Kubernetes without an image of the executors: set %s".formatted(IMAGE));
    }
  }

  private void checkDynamicAllocation() {
    if (conf.isOn(DYNAMIC) && conf.isOff(TRACKING) && !conf.isOn(SHUFFLE_SERVICE)) {
      add(
          "Cannot set %s without %s or %s: executors would go with shuffle files that are still read"
              .formatted(DYNAMIC, TRACKING, SHUFFLE_SERVICE));
    }
    Optional<Integer> least = number("spark.dynamicAllocation.minExecutors");
    Optional<Integer> first = number("spark.dynamicAllocation.initialExecutors");
    Optional<Integer> most = number("spark.dynamicAllocation.maxExecutors");
    checkOrder("minExecutors", least, "initialExecutors", first);
    checkOrder("initialExecutors", first, "maxExecutors", most);
    checkOrder("minExecutors", least, "maxExecutors", most);
  }

  private void checkOrder(
      String small, Optional<Integer> smaller, String large, Optional<Integer> larger) {
    if (smaller.isPresent() && larger.isPresent() && smaller.get() > larger.get()) {
      add(
          "Cannot set spark.dynamicAllocation.%s to %d: %s is %d"
              .formatted(small, smaller.get(), large, larger.get()));
    }
  }

  private void checkDecommissioning() {
    if (conf.isOn(STORAGE) && !conf.isOn(DECOMMISSION)) {
      add("Cannot set %s without %s: nothing would be moved".formatted(STORAGE, DECOMMISSION));
    }
    conf.value(FALLBACK)
        .ifPresent(
            path -> {
              if (!conf.isOn(STORAGE)) {
                add("Cannot set %s without %s: it would stay empty".formatted(FALLBACK, STORAGE));
              }
              if (!path.endsWith("/")) {
                add(
                    "Cannot set %s to %s: Spark wants a folder, end it with /"
                        .formatted(FALLBACK, path));
              }
            });
  }

  private Optional<Integer> number(String key) {
    Optional<String> value = conf.value(key);
    if (value.isPresent() && !value.get().matches("\\d{1,9}")) {
      add("Cannot set %s to %s: it is a number of executors".formatted(key, value.get()));
      return Optional.empty();
    }
    return value.map(Integer::valueOf);
  }

  private void add(String fault) {
    faults.add(fault);
  }
}
