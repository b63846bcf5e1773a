import org.needmatch.Matching;
import org.needmatch.Problem;
import org.needmatch.Tables;

/**
 * Matches two needs to a worker and an organization, and prints who serves whom.
 *
 * <p>Build: javac --release 8 -cp jna.jar:. Quickstart.java; run: java -Djna.library.path=/usr/local/lib -cp
 * jna.jar:. Quickstart
 */
public final class Quickstart {
    private Quickstart() {
    }

    public static void main(String[] arguments) {
        String village = "140502001001";
        try (Tables tables = new Tables()) {
            tables.add(Tables.COMMUNITIES, "community", village);
            tables.add(Tables.ORGANIZATIONS, "organization_id", "o1").add(Tables.ORGANIZATIONS, "status", "registered")
                    .add(Tables.ORGANIZATIONS, "compliant", "true").add(Tables.ORGANIZATIONS, "service_area", "140502001")
                    .add(Tables.ORGANIZATIONS, "direct", "true").add(Tables.ORGANIZATIONS, "domains", "elderly_care")
                    .add(Tables.ORGANIZATIONS, "capacity_max", 2);
            tables.add(Tables.WORKERS, "worker_id", "w1").add(Tables.WORKERS, "organization_id", "o1")
                    .add(Tables.WORKERS, "domains", "elderly_care").add(Tables.WORKERS, "caseload_max", 1)
                    .add(Tables.WORKERS, "qualifications", "sw_certified")
                    .add(Tables.WORKERS, "base_community", village);
            tables.add(Tables.NEEDS, "need_id", "n1", "n2").add(Tables.NEEDS, "community", village, village)
                    .add(Tables.NEEDS, "domain", "elderly_care", "elderly_care")
                    .add(Tables.NEEDS, "risk", "yellow", "green").add(Tables.NEEDS, "age_band", "70-79", "80-89")
                    .add(Tables.NEEDS, "consent", "general", "general");
            try (Problem problem = new Problem(tables, null, null); Matching matching = problem.solve(null)) {
                String[] needs = matching.texts(Matching.ASSIGNMENTS, "need_id");
                String[] organizations = matching.texts(Matching.ASSIGNMENTS, "organization_id");
                String[] workers = matching.texts(Matching.ASSIGNMENTS, "worker_id");
                for (int row = 0; row < needs.length; row++) {
                    String worker = workers[row] == null ? "" : workers[row];
                    System.out.println(needs[row] + " is served by " + organizations[row] + " " + worker);
                }
            }
        }
    }
}
