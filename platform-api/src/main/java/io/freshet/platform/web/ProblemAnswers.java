package io.freshet.platform.web;

import io.freshet.error.ErrorCategory;
import io.freshet.error.FreshetException;
import io.freshet.error.InvalidInputException;
import io.freshet.error.Violation;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException;

/** Turns every exception of a request into a problem. No answer carries a stack trace. */
@RestControllerAdvice
class ProblemAnswers extends ResponseEntityExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(ProblemAnswers.class);

  @ExceptionHandler
  ProblemDetail invalidInput(InvalidInputException refused) {
    return Problems.of(
        HttpStatus.UNPROCESSABLE_CONTENT,
        "invalid-input",
        Problems.message(refused),
        refused.violations());
  }

  @ExceptionHandler
  ProblemDetail refused(RequestRefusedException refused) {
    return Problems.of(refused);
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> failed(FreshetException failure) {
    return switch (failure.category()) {
      case UNAVAILABLE, UNKNOWN_OUTCOME -> unavailable(failure.category(), failure);
      case USER -> answer(Problems.of(ErrorCategory.USER, Problems.message(failure)));
      case INTERNAL -> answer(internal(failure));
    };
  }

  @ExceptionHandler({
    DataAccessResourceFailureException.class,
    TransientDataAccessException.class,
    CannotCreateTransactionException.class
  })
  ResponseEntity<ProblemDetail> databaseUnavailable(Exception failure) {
    LOG.warn("The registry's database did not answer", failure);
    return unavailable(
        ErrorCategory.UNAVAILABLE,
        new FreshetException(
            ErrorCategory.UNAVAILABLE,
            "Cannot reach the registry: its database did not answer, try again"));
  }

  @ExceptionHandler
  ProblemDetail unexpected(Exception failure) {
    return internal(failure);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
      HttpMessageNotReadableException unreadable,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    List<Violation> violations =
        unreadable.getCause() instanceof JacksonException json
            ? List.of(JsonFaults.violation(json))
            : List.of();
    ProblemDetail problem =
        Problems.of(status, "unreadable", "Cannot read the request's body", violations);
    return handleExceptionInternal(unreadable, problem, headers, status, request);
  }

  /** Spring's own problems have no type: they get one from their status. */
  @Override
  protected ResponseEntity<Object> createResponseEntity(
      @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
    if (body instanceof ProblemDetail problem) {
      Problems.nameType(problem);
    }
    return super.createResponseEntity(body, headers, status, request);
  }

  private static ResponseEntity<ProblemDetail> unavailable(
      ErrorCategory category, FreshetException failure) {
    return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
        .header(HttpHeaders.RETRY_AFTER, "1")
        .body(Problems.of(category, Problems.message(failure)));
  }

  private static ResponseEntity<ProblemDetail> answer(ProblemDetail problem) {
    return ResponseEntity.status(problem.getStatus()).body(problem);
  }

  private static ProblemDetail internal(Exception failure) {
    UUID id = UUID.randomUUID();
    LOG.error("Cannot answer a request, error {}", id, failure);
    return Problems.of(
        ErrorCategory.INTERNAL,
        "Cannot answer: an internal error, logged as " + id + ", report it with the log");
  }
}
