/**
 * What the batch engine costs: runs that read what is new against runs that read everything, and
 * training sets against plain SQL. {@link io.freshet.benchmark.batch.BatchBenchmark} is the entry.
 */
@NullMarked
package io.freshet.benchmark.batch;

import org.jspecify.annotations.NullMarked;
