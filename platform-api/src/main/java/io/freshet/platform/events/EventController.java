package io.freshet.platform.events;

import io.freshet.plan.SourcePlan;
import io.freshet.platform.registry.RegistryReads;
import io.freshet.platform.web.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Events by REST: what the source's schema makes of them is told by its engines. */
@RestController
class EventController {
  private static final String PATH = "/api/v1/projects/{project}/sources/{source}/events";

  private final RegistryReads registry;
  private final EventPush push;
  private final MeterRegistry meters;

  EventController(RegistryReads registry, EventPush push, MeterRegistry meters) {
    this.registry = registry;
    this.push = push;
    this.meters = meters;
  }

  @PostMapping(path = PATH, consumes = "application/json")
  @ResponseStatus(HttpStatus.ACCEPTED)
  Accepted pushArray(
      @PathVariable String project, @PathVariable String source, @RequestBody byte[] body) {
    return push(registry.source(project, source), PushedEvents.ofArray(body));
  }

  @PostMapping(path = PATH, consumes = "application/x-ndjson")
  @ResponseStatus(HttpStatus.ACCEPTED)
  Accepted pushLines(
      @PathVariable String project, @PathVariable String source, @RequestBody byte[] body) {
    return push(registry.source(project, source), PushedEvents.ofLines(body));
  }

  private Accepted push(SourcePlan source, List<byte[]> events) {
    Outcome outcome = Outcome.ERROR;
    try {
      push.push(source, events);
      outcome = Outcome.OK;
      return new Accepted(events.size());
    } catch (RuntimeException e) {
      outcome = Outcome.of(e);
      throw e;
    } finally {
      pushed(source, outcome).increment(events.size());
    }
  }

  private Counter pushed(SourcePlan source, Outcome outcome) {
    return Counter.builder("freshet.events.pushed")
        .description("Events that were pushed by REST")
        .tag("project", source.project())
        .tag("source", source.name())
        .tag("outcome", outcome.label())
        .register(meters);
  }

  /**
   * The answer.
   *
   * @param accepted how many events the broker has
   */
  record Accepted(int accepted) {}
}
