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
  ChildProcesses childProcesses(BatchSettings settings) {
    return new ChildProcesses(HostIdentity.own(), settings.cancelGrace());
  }

  @Bean(destroyMethod = "stop")
  RunAttempts runAttempts(BatchCommand command, ChildProcesses children, BatchSettings settings) {
    return new RunAttempts(command, children, settings);
  }

  @Bean
  SourceRuns sourceRuns(
      BatchRunTable table,
      RunSteps steps,
      RunPlans plans,
      RunAttempts attempts,
      RunSettlement settlement,
      LeftRuns left,
      RunGauges gauges,
      BatchSettings settings,
      Clock clock) {
    return new SourceRuns(table, steps, plans, attempts, settlement, left, gauges, settings, clock);
  }

  @Bean
  RunSettlement runSettlement(
      RunSteps steps, BatchMetrics metrics, BatchSettings settings, Clock clock) {
    return new RunSettlement(steps, metrics, settings, clock);
  }

  @Bean
  LeftRuns leftRuns(
      RunSteps steps,
      RunSettlement settlement,
      ChildProcesses children,
      BatchSettings settings,
      Clock clock) {
    return new LeftRuns(steps, settlement, children, settings.lease(), clock);
  }

  @Bean
  Cancellation cancellation(
      BatchRunTable table,
      RunSteps steps,
      RunPlans plans,
      RunSettlement settlement,
      ChildProcesses children,
      Clock clock) {
    return new Cancellation(table, steps, plans, settlement, children, clock);
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
