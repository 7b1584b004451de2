package io.freshet.platform;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/**
 * The control plane. Definitions come in by {@code registry}, get their tier by {@code routing},
 * are kept materialized by {@code reconcile} and {@code schedule}, move from one engine to the
 * other by {@code handover}, and are read by {@code lookup}; {@code events} takes events in, {@code
 * web} is what they all share.
 */
@SpringBootApplication
@EnableConfigurationProperties(FreshetSettings.class)
public class FreshetPlatform {
  /** Starts the control plane and returns; it runs until the process is told to stop. */
  public static void main(String[] arguments) {
    SpringApplication.run(FreshetPlatform.class, arguments);
  }
}
