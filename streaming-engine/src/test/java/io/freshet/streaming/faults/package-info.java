/**
 * The job under faults of real processes: each test has a seed, an oracle, a deadline and a check
 * that the fault bit. docs/reference/faults.md has the table of them.
 */
@NullMarked
package io.freshet.streaming.faults;

import org.jspecify.annotations.NullMarked;
