/**
 * What an event costs from Kafka to Redis, against the limit and other ways to keep windows, and
 * how fresh it is.
 */
@NullMarked
package io.freshet.benchmark.streaming;

import org.jspecify.annotations.NullMarked;
