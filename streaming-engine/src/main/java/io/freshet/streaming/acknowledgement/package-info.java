/** How a job says how far its lanes are, once a checkpoint holds it. */
@NullMarked
package io.freshet.streaming.acknowledgement;

import org.jspecify.annotations.NullMarked;
