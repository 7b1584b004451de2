/**
 * The feature logs: the rows that views serve, each exactly once, to Kafka in transactions that
 * commit with the checkpoint and to Delta in commits that follow it.
 */
@NullMarked
package io.freshet.streaming.log;

import org.jspecify.annotations.NullMarked;
