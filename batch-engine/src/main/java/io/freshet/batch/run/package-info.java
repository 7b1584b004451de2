/**
 * What a run tells the control plane that started it, and hears from it: how far it is, and that it
 * may go on.
 */
@NullMarked
package io.freshet.batch.run;

import org.jspecify.annotations.NullMarked;
