package io.freshet.platform.reconcile;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Why sources could not be reconciled at the last pass. Thread-safe; forgotten at a restart. */
@Component
public class SourceProblems {
  private final Map<String, String> problems = new ConcurrentHashMap<>();

  public Optional<String> of(String project, String source) {
    return Optional.ofNullable(problems.get(project + "/" + source));
  }

  /** Answers whether the problem is another than before. */
  boolean note(String project, String source, String problem) {
    return !problem.equals(problems.put(project + "/" + source, problem));
  }

  void clear(String project, String source) {
    problems.remove(project + "/" + source);
  }
}
