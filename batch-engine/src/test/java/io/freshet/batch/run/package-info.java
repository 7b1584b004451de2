/** What a run tells and hears, without Spark. */
@NullMarked
package io.freshet.batch.run;

import org.jspecify.annotations.NullMarked;
