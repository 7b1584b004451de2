/**
 * What the benchmarks of whole jobs are run in: servers and Flink as processes of this machine,
 * seeded events, and the processor time of it all.
 */
@NullMarked
package io.freshet.benchmark.lab;

import org.jspecify.annotations.NullMarked;
