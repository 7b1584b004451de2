/** Tests of the batch engine on a real Spark, Kafka and Redis. */
@NullMarked
package io.freshet.batch;

import org.jspecify.annotations.NullMarked;
