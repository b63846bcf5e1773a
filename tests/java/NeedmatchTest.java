import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;
import org.needmatch.Control;
import org.needmatch.Matching;
import org.needmatch.NeedmatchException;
import org.needmatch.Problem;
import org.needmatch.Tables;

/** The library as Java sees it: {@code NeedmatchTest FOLDER JSON}, with the sample's tables and its matching. */
public final class NeedmatchTest {
    private static final int LIMIT = 2;
    private static final int CANCELLED = 3;
    private static final int HANDLE = 20;

    private NeedmatchTest() {
    }

    public static void main(String[] arguments) throws IOException {
        Path folder = Paths.get(arguments[0]);
        String json = new String(Files.readAllBytes(Paths.get(arguments[1])), StandardCharsets.UTF_8);
        try (Tables tables = sample(folder); Problem problem = new Problem(tables, null, null)) {
            theBytesAreThoseOfRust(problem, json);
            theColumnsFitTheTables(problem, folder);
            aCancelledRunSaysSo(problem);
            aBudgetIsKept(tables);
        }
        allFaultsAreTold();
        whatIsClosedIsGone();
    }

    private static void theBytesAreThoseOfRust(Problem problem, String json) {
        try (Matching matching = problem.solve(null)) {
            matching.verify();
            check(matching.json().equals(json), "the matching differs from that of Rust");
        }
    }

    private static void theColumnsFitTheTables(Problem problem, Path folder) throws IOException {
        List<String[]> needs = rows(folder.resolve("needs.csv"));
        int idColumn = java.util.Arrays.asList(needs.get(0)).indexOf("need_id");
        try (Matching matching = problem.solve(null)) {
            String[] ids = matching.texts(Matching.ASSIGNMENTS, "need_id");
            String[] workers = matching.texts(Matching.ASSIGNMENTS, "worker_id");
            long[] needRows = matching.longs(Matching.ASSIGNMENTS, "need_row");
            long[] workerRows = matching.longs(Matching.ASSIGNMENTS, "worker_row");
            check(ids.length > 100, "hardly anybody is served");
            for (int row = 0; row < ids.length; row++) {
                check(needs.get((int) needRows[row] + 1)[idColumn].equals(ids[row]), "need_row is not the need's row");
                check((workers[row] == null) == (workerRows[row] == -1), "a worker without a row");
            }
            check(matching.longs(Matching.RUN, "gap_score")[0] == 0, "a gap");
            check(matching.longs(Matching.RUN, "needs")[0] == needs.size() - 1, "a need is lost");
        }
    }

    private static void aCancelledRunSaysSo(Problem problem) {
        try (Control control = new Control()) {
            control.cancel();
            expect(CANCELLED, () -> problem.solve(control).close());
        }
    }

    private static void aBudgetIsKept(Tables tables) {
        try (Control control = new Control()) {
            control.setMemoryBudget(1000);
            expect(LIMIT, () -> new Problem(tables, null, control).close());
        }
    }

    private static void allFaultsAreTold() {
        try (Tables tables = new Tables()) {
            tables.add(Tables.COMMUNITIES, "community", "140502001001", "1.40502E+11");
            tables.add(Tables.COMMUNITIES, "lon", 0.0, Double.NaN).add(Tables.COMMUNITIES, "lat", 0.0, 0.0);
            tables.add(Tables.ORGANIZATIONS, "organization_id", "机构");
            tables.add(Tables.ORGANIZATIONS, "capacity_max", -1L);
            NeedmatchException exception = expect(1, () -> new Problem(tables, null, null).close());
            List<String> places = new ArrayList<>();
            for (NeedmatchException.Fault fault : exception.faults) {
                places.add(fault.table + ":" + fault.row + ":" + fault.column + ":" + fault.number);
            }
            check(places.toString().equals(
                    "[4:1:community:206, 4:1:lon:210, 3:0:capacity_max:209, 3:0:organization_id:202]"),
                    "other faults: " + places);
            check(exception.getMessage().contains("4 faults"), "no message");
        }
    }

    private static void whatIsClosedIsGone() {
        Tables tables = new Tables();
        tables.close();
        tables.close();
        expect(HANDLE, () -> tables.add(Tables.NEEDS, "need_id", "n1"));
    }

    private static Tables sample(Path folder) throws IOException {
        Tables tables = new Tables();
        String[] names = {"needs", "workers", "organizations", "communities", "groups"};
        for (int k = 0; k < names.length; k++) {
            List<String[]> rows = rows(folder.resolve(names[k] + ".csv"));
            String[] header = rows.get(0);
            for (int column = 0; column < header.length; column++) {
                String[] values = new String[rows.size() - 1];
                for (int row = 0; row < values.length; row++) {
                    String cell = rows.get(row + 1)[column];
                    values[row] = cell.isEmpty() ? null : cell;
                }
                // Tables.NEEDS is 1, and the others follow in this order.
                tables.add(k + 1, header[column], values);
            }
        }
        return tables;
    }

    /** The sample's cells hold neither quotes nor commas. */
    private static List<String[]> rows(Path file) throws IOException {
        List<String[]> rows = new ArrayList<>();
        for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
            check(line.indexOf('"') < 0, "a quoted cell");
            rows.add(line.split(",", -1));
        }
        return rows;
    }

    private static NeedmatchException expect(int status, Runnable work) {
        try {
            work.run();
        } catch (NeedmatchException exception) {
            check(exception.status == status, "status " + exception.status + " instead of " + status);
            return exception;
        }
        throw new AssertionError("no exception with status " + status);
    }

    private static void check(boolean claim, String otherwise) {
        if (!claim) {
            throw new AssertionError(otherwise);
        }
    }
}
