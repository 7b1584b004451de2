package io.freshet.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerErrorTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "LOADING Redis is loading the dataset in memory | LOADING | RETRY",
        "OOM command not allowed when used memory > 'maxmemory'. | OOM | RETRY",
        "ERR Error running script (call to f_a): @user_script:3: @user_script: 3: -OOM command not"
            + " allowed | OOM | RETRY",
        "BUSY Redis is busy running a script. You can only call SCRIPT KILL | BUSY | RETRY",
        "TRYAGAIN Multiple keys request during rehashing of slot | TRYAGAIN | RETRY",
        "CLUSTERDOWN Hash slot not served | CLUSTERDOWN | RETRY",
        "MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'."
            + " | MASTERDOWN | RETRY",
        "MISCONF Redis is configured to save RDB snapshots, but it's currently unable to"
            + " | MISCONF | RETRY",
        "NOREPLICAS Not enough good replicas to write. | NOREPLICAS | RETRY",
        "NOSCRIPT No matching script. Please use EVAL. | NOSCRIPT | RETRY",
        "MOVED 3999 127.0.0.1:6381 | MOVED | REROUTE",
        "ASK 3999 127.0.0.1:6381 | ASK | REROUTE",
        "READONLY You can't write against a read only replica. script: 4f, on @user_script:30."
            + " | READONLY | REROUTE",
        "NOPERM this user has no permissions to run the 'evalsha' command | NOPERM | FATAL",
        "NOAUTH Authentication required. | NOAUTH | FATAL",
        "WRONGPASS invalid username-password pair or user is disabled. | WRONGPASS | FATAL",
        "WRONGTYPE Operation against a key holding the wrong kind of value | WRONGTYPE | FATAL",
        "CROSSSLOT Keys in request don't hash to the same slot | CROSSSLOT | FATAL",
        "ERR Error running script (call to f_b): @user_script:12: bad argument #2 | ERR | FATAL",
        "ERR unknown command | ERR | FATAL",
      })
  void saysWhatFollowsFromAReply(String reply, String error, String consequence) {
    assertThat(ServerError.in(reply).name()).isEqualTo(error);
    assertThat(ServerError.in(reply).consequence().name()).isEqualTo(consequence);
  }

  @Test
  void namesARemedyForEveryError() {
    List<String> remedies = Arrays.stream(ServerError.values()).map(ServerError::remedy).toList();

    assertThat(remedies).allSatisfy(remedy -> assertThat(remedy).isNotBlank());
  }
}
