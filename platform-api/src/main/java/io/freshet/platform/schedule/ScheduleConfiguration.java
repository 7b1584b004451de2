package io.freshet.platform.schedule;

import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts together what runs the batch engine. */
@Configuration(proxyBeanMethods = false)
class ScheduleConfiguration {
  @Bean
  BatchCommand batchCommand(BatchSettings settings) {
    return new SparkSubmitCommand(settings);
  }

  @Bean
  ChildProcesses childProcesses() {
    return new ChildProcesses();
  }

  @Bean(destroyMethod = "stop")
  RunAttempts runAttempts(BatchCommand command, ChildProcesses children, BatchSettings settings) {
    return new RunAttempts(command, children, settings.timeout());
  }

  @Bean
  SourceRuns sourceRuns(
      BatchRunTable table,
      RunPlans plans,
      RunAttempts attempts,
      ChildProcesses children,
      BatchMetrics metrics,
      BatchSettings settings,
      Clock clock) {
    return new SourceRuns(table, plans, attempts, children, metrics, settings, clock);
  }

  @Bean
  BatchScheduler batchScheduler(
      DataSource database,
      RunPlanner planner,
      SourceRuns sourceRuns,
      RunAttempts attempts,
      BatchSettings settings,
      Clock clock) {
    return new BatchScheduler(database, planner, sourceRuns, attempts, settings, clock);
  }
}
