package io.freshet.platform.schedule;

import java.util.regex.Pattern;

/** Where Spark runs, as {@code spark-submit} names it. */
record SparkMaster(String url) {
  private static final Pattern LOCAL =
      Pattern.compile("local(\\[(\\*|[1-9]\\d{0,3})(,[1-9]\\d{0,2})?])?");
  private static final Pattern STANDALONE =
      Pattern.compile("spark://[^,:/\\s]+:\\d{1,5}(,[^,:/\\s]+:\\d{1,5})*");
  private static final Pattern KUBERNETES = Pattern.compile("k8s://(https?://)?[^/\\s]+(/\\S*)?");
  private static final String YARN = "yarn";

  /** Whether Freshet can submit to it. */
  boolean isKnown() {
    return isLocal() || STANDALONE.matcher(url).matches() || isKubernetes() || url.equals(YARN);
  }

  /** Whether the driver's process does all the work. */
  boolean isLocal() {
    return LOCAL.matcher(url).matches();
  }

  boolean isKubernetes() {
    return KUBERNETES.matcher(url).matches();
  }
}
