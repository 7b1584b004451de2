/**
 * The batch engine: one Spark run for a tick of a source and tier. {@link
 * io.freshet.batch.BatchJob} is its table of contents.
 *
 * <p>The build leaves in {@code target/} what a launcher needs: {@code batch-engine.jar}, {@code
 * spark.classpath} (Spark's jars behind a folder with a quiet log configuration) and {@code
 * spark.jvm-flags} (an argument file of the flags that Spark wants on this JDK):
 *
 * <pre>{@code
 * java @spark.jvm-flags -Xmx1536m -cp $(cat spark.classpath) org.apache.spark.deploy.SparkSubmit \
 *     --master local[2] --class io.freshet.batch.BatchJob batch-engine.jar plan.json
 * }</pre>
 *
 * Next to the result the run writes how far it is ({@link io.freshet.plan.RunProgress}). With
 * {@code -Dfreshet.run.supervised=true} it begins and goes on only when it is told on its standard
 * input.
 *
 * <p>Runs of one source must follow each other: they share the checkpoint of its archive, and of
 * two at once one fails. A source whose events are the rows of a table has no archive, and its runs
 * need no Kafka.
 */
@NullMarked
package io.freshet.batch;

import org.jspecify.annotations.NullMarked;
